namespace ActorShop.Accounting;

/// <summary>Addresses manual entries of the account book.</summary>
public static class LedgerEntryGrainExtensions
{
    /// <summary>The entry with an external id.</summary>
    public static ILedgerEntryGrain LedgerEntry(this IGrainFactory grains, string externalId) =>
        grains.GetGrain<ILedgerEntryGrain>($"entry/{externalId}");
}
