namespace ActorShop.Reporting;

public static class ReportingGrainExtensions
{
    /// <summary>The queries: stateless, one worker per silo and core.</summary>
    public static IShopQueryGrain Queries(this IGrainFactory grains) => grains.GetGrain<IShopQueryGrain>("queries");
}
