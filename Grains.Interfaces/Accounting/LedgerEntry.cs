namespace ActorShop.Accounting;

/// <summary>An entry of the account book: money moves between <see cref="Account"/> and cash.</summary>
/// <param name="Amount">The gain of the account; negative for a loss.</param>
/// <param name="Account">Its name, such as <c>credit-notes</c> or <c>bad-debt</c>.</param>
/// <param name="Reason">At most 200 characters.</param>
/// <param name="Items">The items of a credit note; empty otherwise. Units to restock return to a stock that counts them.</param>
[GenerateSerializer, Immutable, Alias("orders.ledger-entry-view")]
public sealed record LedgerEntry(
    string ExternalId, Money Amount, string Account, string Reason, DateTimeOffset At, string? CustomerId,
    ImmutableArray<RefundItem> Items);
