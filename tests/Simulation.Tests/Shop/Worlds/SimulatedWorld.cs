namespace ActorShop.Simulation.Shop;

internal sealed class SimulatedWorld : World
{
    private TimeSpan? _tableAwaySince;
    private TimeSpan? _tableBackAt;

    public SimulatedWorld(SimulatedCluster cluster, ShopPlan plan)
        : base(plan, cluster.Time)
    {
        Cluster = cluster;
        Machines = [.. cluster.Silos.Select(silo => new Machine(this, silo))];
    }

    public SimulatedCluster Cluster { get; }

    public IReadOnlyList<Machine> Machines { get; }

    public override bool MayReadStale => Cluster.LastFalseDeath is { } death && Cluster.Time.Elapsed - death < SiloHealth.StaleFor;

    /// <summary>Whether the membership table was unreadable a short while ago: then no silo may leave because of it.</summary>
    public bool IsTableAway
    {
        get
        {
            var now = Cluster.Time.Elapsed;
            return _tableAwaySince + TimeSpan.FromSeconds(2) <= (_tableBackAt ?? now) && (_tableBackAt is not { } back || now - back < Plan.Settings.LeaveAfter * 0.45);
        }
    }

    public void SetTable(bool isDown)
    {
        if (Cluster.MembershipFaults.IsDown != isDown)
        {
            Cluster.MembershipFaults.IsDown = isDown;
            _tableAwaySince = isDown ? Cluster.Time.Elapsed : _tableAwaySince;
            _tableBackAt = isDown ? null : Cluster.Time.Elapsed;
        }
    }

    public override int SiloCount => Machines.Count;

    public override Func<int, int> Draws(string name) => Cluster.Draws(name);

    public override Task DelayAsync(TimeSpan time) => Cluster.DelayAsync(time);

    public override Task<TAnswer> AskAsync<TAnswer>(int silo, Func<IGrainFactory, Task<TAnswer>> ask) => Cluster.Silos[silo].AskAsync(ask);
}
