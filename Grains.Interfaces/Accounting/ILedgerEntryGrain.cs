namespace ActorShop.Accounting;

/// <summary>One manual entry of the shop's account book, or a credit note without an order. Keyed by its external id.</summary>
[Alias("orders.ledger-entry")]
public interface ILedgerEntryGrain : IResumable
{
    /// <summary>Stores the entry. Repeating it repeats the answer; another entry with the same id is refused.</summary>
    [Alias("post")]
    Task<PostEntryResult> PostAsync(LedgerEntry entry);

    [Alias("get"), ReadOnly]
    Task<LedgerEntry?> GetAsync();
}
