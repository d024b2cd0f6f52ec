namespace ActorShop.Orders;

/// <summary>One manual entry of the shop's account book, or a credit note without an order. Keyed by its external id.</summary>
[Alias("orders.ledger-entry")]
public interface ILedgerEntryGrain : IResumable
{
    /// <summary>Writes the entry. Repeating it repeats the answer; another entry under the same id is refused.</summary>
    [Alias("post")]
    Task<PostEntryResult> PostAsync(LedgerEntry entry);

    /// <summary>The entry; null where there is none.</summary>
    [Alias("get"), ReadOnly]
    Task<LedgerEntry?> GetAsync();
}

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

/// <summary>The answers of <see cref="ILedgerEntryGrain.PostAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("orders.post-entry-result")]
public abstract record PostEntryResult
{
    private PostEntryResult()
    {
    }

    /// <summary>The book has it.</summary>
    [GenerateSerializer, Immutable, Alias("orders.post-entry-result.posted")]
    public sealed record Posted(LedgerEntry Entry) : PostEntryResult;

    /// <summary>The id belongs to another entry.</summary>
    [GenerateSerializer, Immutable, Alias("orders.post-entry-result.taken")]
    public sealed record Taken(LedgerEntry Existing) : PostEntryResult;
}
