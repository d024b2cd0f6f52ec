using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;

namespace ActorShop.Simulation.Shop;

/// <summary>What outlives the machines: the tables, the provider, the wires to them, and what clients wrote down.</summary>
internal sealed class World
{
    public World(SimulatedCluster cluster, ShopPlan plan)
    {
        (Cluster, Plan) = (cluster, plan);
        Violations = new(cluster.Time);
        var options = new SimulatorOptions { LateAfter = plan.Settings.ProviderLate, AnswerTimeout = plan.Settings.ProviderTimeout };
        Provider = new(Journal, cluster.Time, options);
        ProviderOptions = options;
        Ids = new DrawnIds(cluster.Draws("ids of clients"), cluster.Time);
        Machines = [.. cluster.Silos.Select(silo => new Machine(this, silo))];
    }

    public SimulatedCluster Cluster { get; }

    public ShopPlan Plan { get; }

    public ShopTables Tables { get; } = new();

    public WatchedJournal Journal { get; } = new();

    public Acquirer Provider { get; }

    public SimulatorOptions ProviderOptions { get; }

    public WireFaults StoreFaults { get; } = new();

    public WireFaults ProviderFaults { get; } = new() { Latency = TimeSpan.FromMilliseconds(200) };

    public IReadOnlyList<Machine> Machines { get; }

    public IdSource Ids { get; }

    public History History { get; } = new();

    public Violations Violations { get; }

    /// <summary>Whether nothing is being broken now, and nothing that was is still felt.</summary>
    public bool IsCalm { get; set; } = true;

    /// <summary>Whether clients shall come to an end.</summary>
    public bool IsClosing { get; set; }

    /// <summary>Whether all is over: what ends now is not started again.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether a silo that was declared dead while it lived may answer now, from states that its successors have changed.</summary>
    public bool MayReadStale => Cluster.Silos.Any(static silo => silo.IsOutcast);

    public TimeProvider Time => Cluster.Time;

    public Task DelayAsync(TimeSpan time) => Cluster.DelayAsync(time);
}
