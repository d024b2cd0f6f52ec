namespace ActorShop.Testing.Invariants;

/// <summary>The stock of a SKU.</summary>
/// <param name="OnHand">Units on hand.</param>
/// <param name="Reserved">Reserved units among those on hand.</param>
/// <param name="Version">The number of changes.</param>
/// <param name="Ledger">Every change, in order.</param>
public sealed record StockBook(long OnHand, long Reserved, long Version, IReadOnlyList<LedgerEntry> Ledger);
