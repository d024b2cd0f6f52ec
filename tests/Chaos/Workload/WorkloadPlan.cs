namespace ActorShop.Chaos.Workload;

/// <summary>How customers of a run are.</summary>
/// <param name="Seed">What they feel like.</param>
/// <param name="Customers">How many shop at once.</param>
/// <param name="Clerks">How many work at once.</param>
/// <param name="Goods">How many SKUs there are.</param>
/// <param name="Think">How long a customer does nothing between two purchases, on average.</param>
internal sealed record WorkloadPlan(int Seed, int Customers, int Clerks, int Goods, TimeSpan Think)
{
    /// <summary>The currency of everything.</summary>
    public const string Currency = "GBP";

    /// <summary>How long a request is repeated before its client gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromSeconds(12);
}
