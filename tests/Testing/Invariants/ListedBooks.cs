namespace ActorShop.Testing.Invariants;

/// <summary>What lists and reports show.</summary>
/// <param name="Refunds">What was refunded of an order, in minor units.</param>
public sealed record ListedBooks(
    IReadOnlyDictionary<string, string> Orders, IReadOnlyDictionary<string, long> Refunds, IReadOnlyDictionary<string, (long OnHand, long Reserved)> Stocks);
