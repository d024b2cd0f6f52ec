namespace ActorShop.Reporting;

/// <summary>Addresses queries and projectors.</summary>
public static class ReportingGrainExtensions
{
    /// <summary>The queries: stateless, one worker per silo and core.</summary>
    public static IShopQueryGrain Queries(this IGrainFactory grains) => grains.GetGrain<IShopQueryGrain>("queries");

    /// <summary>The projector of a read model.</summary>
    public static IProjectorGrain Projector(this IGrainFactory grains, string projection) =>
        grains.GetGrain<IProjectorGrain>($"projection/{projection}");
}
