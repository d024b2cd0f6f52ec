using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;
using ActorShop.PaymentSimulator.Journal;
using ActorShop.Testing.Customers;

namespace ActorShop.Simulation.Shop;

/// <summary>What outlives the silos: the store, the provider, the wires to them, and the clients.</summary>
internal abstract class World
{
    protected World(ShopPlan plan, TimeProvider time)
    {
        (Plan, Time) = (plan, time);
        ProviderOptions = new() { LateAfter = plan.Settings.ProviderLate, AnswerTimeout = plan.Settings.ProviderTimeout };
        Provider = new(Journal, time, ProviderOptions);
        Observations = new(time);
        ReadModel = new(Store);
    }

    public ShopPlan Plan { get; }

    public TimeProvider Time { get; }

    public MemoryShopStore Store { get; } = new();

    public MemoryReadModel ReadModel { get; }

    public MemoryJournal Journal { get; } = new();

    public Acquirer Provider { get; }

    public SimulatorOptions ProviderOptions { get; }

    public WireFaults StoreFaults { get; } = new();

    public WireFaults ProviderFaults { get; } = new() { Latency = TimeSpan.FromMilliseconds(200) };

    public Receipts Receipts { get; } = new();

    public Observations Observations { get; }

    public Workload Workload => field ??= new(Plan.Workload, new GrainShop(this), Receipts, Time) { MayReadStale = () => MayReadStale, Draws = Draws };

    /// <summary>Called with the number of a silo whose write was committed, within the transaction.</summary>
    public Action<int>? Committed { get; set; }

    /// <summary>Held while store, journal and wires are used. A simulation has one thread; real silos have many.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether the run has ended: a silo that ends now is not started again.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether a silo that was declared dead while it lived may answer now, from states that its successors have changed.</summary>
    public abstract bool MayReadStale { get; }

    public abstract int SiloCount { get; }

    public abstract Func<int, int> Draws(string name);

    public abstract Task DelayAsync(TimeSpan time);

    public abstract Task<TAnswer> AskAsync<TAnswer>(int silo, Func<IGrainFactory, Task<TAnswer>> ask);
}
