using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;

namespace ActorShop.Simulation.Shop;

/// <summary>What outlives the silos: the tables, the provider, the wires to them, and what clients wrote down.</summary>
internal abstract class World
{
    protected World(ShopPlan plan, TimeProvider time)
    {
        (Plan, Time) = (plan, time);
        Violations = new(time);
        ProviderOptions = new() { LateAfter = plan.Settings.ProviderLate, AnswerTimeout = plan.Settings.ProviderTimeout };
        Provider = new(Journal, time, ProviderOptions);
    }

    public ShopPlan Plan { get; }

    public TimeProvider Time { get; }

    public ShopTables Tables { get; } = new();

    public WatchedJournal Journal { get; } = new();

    public Acquirer Provider { get; }

    public SimulatorOptions ProviderOptions { get; }

    public WireFaults StoreFaults { get; } = new();

    public WireFaults ProviderFaults { get; } = new() { Latency = TimeSpan.FromMilliseconds(200) };

    /// <summary>The ids that clients choose.</summary>
    public IdSource Ids => field ??= new DrawnIds(Draws("ids of clients"), Time);

    public History History { get; } = new();

    public Violations Violations { get; }

    /// <summary>Held while tables, journal and wires are used. A simulation has one thread; real silos have many.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether nothing is broken now, and nothing that was broken is still felt.</summary>
    public bool IsCalm { get; set; } = true;

    /// <summary>Whether clients come to an end.</summary>
    public bool IsClosing { get; set; }

    /// <summary>Whether all is over: a silo that ends now is not started again.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether a silo that was declared dead while it lived may answer now, from states that its successors have changed.</summary>
    public abstract bool MayReadStale { get; }

    /// <summary>The number of silos that clients may ask.</summary>
    public abstract int SiloCount { get; }

    /// <summary>Draws for one part of the run.</summary>
    public abstract Func<int, int> Draws(string name);

    public abstract Task DelayAsync(TimeSpan time);

    /// <summary>Asks grains through one silo.</summary>
    public abstract Task<TAnswer> AskAsync<TAnswer>(int silo, Func<IGrainFactory, Task<TAnswer>> ask);
}
