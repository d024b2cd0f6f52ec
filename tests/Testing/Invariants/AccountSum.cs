namespace ActorShop.Testing.Invariants;

/// <summary>The postings of one stream to one account, summed.</summary>
/// <param name="Stream">The stream: an order or a ledger entry.</param>
/// <param name="Account">The account.</param>
/// <param name="Amount">Minor units.</param>
public sealed record AccountSum(string Stream, string Account, long Amount);
