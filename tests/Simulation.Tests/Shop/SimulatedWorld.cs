namespace ActorShop.Simulation.Shop;

/// <summary>The world of a simulated run.</summary>
internal sealed class SimulatedWorld : World
{
    public SimulatedWorld(SimulatedCluster cluster, ShopPlan plan)
        : base(plan, cluster.Time)
    {
        Cluster = cluster;
        Machines = [.. cluster.Silos.Select(silo => new Machine(this, silo))];
    }

    public SimulatedCluster Cluster { get; }

    public IReadOnlyList<Machine> Machines { get; }

    public override bool MayReadStale => Cluster.LastFalseDeath is { } death && Cluster.Time.Elapsed - death < SiloHealth.StaleFor;

    public override int SiloCount => Machines.Count;

    public override Func<int, int> Draws(string name) => Cluster.Draws(name);

    public override Task DelayAsync(TimeSpan time) => Cluster.DelayAsync(time);

    public override Task<TAnswer> AskAsync<TAnswer>(int silo, Func<IGrainFactory, Task<TAnswer>> ask) => Cluster.Silos[silo].AskAsync(ask);
}
