namespace ActorShop.Accounting;

/// <summary>An entry of the account book: money moves between <see cref="Account"/> and cash.</summary>
/// <param name="ExternalId">Its id.</param>
/// <param name="Amount">What the account gains; negative where it loses.</param>
/// <param name="Account">Its name, such as <c>credit-notes</c> or <c>bad-debt</c>.</param>
/// <param name="Reason">At most 200 characters.</param>
/// <param name="At">When it happened.</param>
/// <param name="CustomerId">Whose it is, if known.</param>
/// <param name="Items">With a credit note, what it is for; empty otherwise. Units to restock go back on the shelf.</param>
[GenerateSerializer, Immutable, Alias("orders.ledger-entry-view")]
public sealed record LedgerEntry(
    string ExternalId, Money Amount, string Account, string Reason, DateTimeOffset At, string? CustomerId,
    ImmutableArray<RefundItem> Items);
