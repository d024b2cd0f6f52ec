namespace ActorShop.Accounting;

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
