namespace ActorShop.Testing.Invariants;

/// <summary>The stock of a SKU, as the shop shows it. Its version is the number of its changes.</summary>
public sealed record StockBook(long OnHand, long Reserved, long Version);
