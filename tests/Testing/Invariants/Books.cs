namespace ActorShop.Testing.Invariants;

/// <summary>The state of a shop at rest and of its payment provider.</summary>
/// <param name="Orders">The orders placed from carts, by id.</param>
/// <param name="Stocks">The stock of each SKU.</param>
/// <param name="Provider">The journal of the provider, in order.</param>
/// <param name="Postings">The account book, summed by stream and account.</param>
/// <param name="Unfinished">Sagas, messages and reservations that have not ended.</param>
public sealed record Books(
    IReadOnlyDictionary<string, OrderBook> Orders, IReadOnlyDictionary<string, StockBook> Stocks, IReadOnlyList<ProviderEntry> Provider,
    IReadOnlyList<AccountSum> Postings, IReadOnlyList<string> Unfinished);
