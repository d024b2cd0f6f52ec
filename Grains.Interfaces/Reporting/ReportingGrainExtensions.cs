namespace ActorShop.Reporting;

public static class ReportingGrainExtensions
{
    public static IShopQueryGrain Queries(this IGrainFactory grains) => grains.GetGrain<IShopQueryGrain>("queries");
}
