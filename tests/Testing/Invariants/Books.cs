namespace ActorShop.Testing.Invariants;

/// <summary>The state of a shop at rest and of its payment provider.</summary>
/// <param name="Orders">The orders of carts and of the clerks' imports, as the shop shows them, by id.</param>
/// <param name="Events">What was stored of orders, carts, stocks and keys, in the order in which it was written.</param>
/// <param name="Unfinished">Sagas, messages and reservations that have not ended.</param>
public sealed record Books(
    IReadOnlyDictionary<string, OrderBook> Orders, IReadOnlyDictionary<string, StockBook> Stocks, IReadOnlyList<StoredEvent> Events,
    IReadOnlyList<ProviderEntry> Provider, IReadOnlyList<PostingRow> Postings, ListedBooks Listed, IReadOnlyList<string> Unfinished);
