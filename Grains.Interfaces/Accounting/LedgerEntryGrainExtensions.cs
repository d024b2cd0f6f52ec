namespace ActorShop.Accounting;

public static class LedgerEntryGrainExtensions
{
    public static ILedgerEntryGrain LedgerEntry(this IGrainFactory grains, string externalId) =>
        grains.GetGrain<ILedgerEntryGrain>($"entry/{externalId}");
}
