using System.Collections.Immutable;
using ActorShop.Testing.Customers;

namespace ActorShop.Simulation.Shop;

/// <summary>Everything about a run that is decided before it begins. It follows from the seed, and may be made smaller by hand.</summary>
internal sealed record ShopPlan
{
    public required ulong Seed { get; init; }

    public int Machines { get; init; } = 1;

    /// <summary>By how much a machine's clock may run fast or slow, as a share.</summary>
    public double Drift { get; init; }

    public int Shoppers { get; init; }

    public int Rounds { get; init; }

    public int Clerks { get; init; }

    public int Skus { get; init; }

    /// <summary>How many units of the first SKU may be sold before they are there.</summary>
    public int Backorder { get; init; }

    public required ShopSettings Settings { get; init; }

    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan Trouble { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the shop may take to come to rest after the last fault.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>By how much a machine's clock may be wrong, anew at each start.</summary>
    public TimeSpan Skew { get; init; }

    public required FaultRates Rates { get; init; }

    public ImmutableArray<FaultEvent> Events { get; init; } = [];

    /// <summary>What was left out of it, in the words of <see cref="Reduction"/>.</summary>
    public ImmutableArray<string> Less { get; init; } = [];

    public WorkloadPlan Workload => new((int)Seed, Shoppers, Clerks, Skus, (Calm + Trouble) / Math.Max(1, Rounds))
    {
        Patience = Patience,
        GiveUpPercent = 5,
        ClerkPause = TimeSpan.FromSeconds(8),
        PricePause = TimeSpan.FromSeconds(40),
        RestockUnits = 5,
        OpeningUnits = (3, 12),
        Watchers = 1,
    };

    public static ShopPlan Of(ulong seed)
    {
        var randomness = new Randomness(seed).Fork("plan");
        var machines = randomness.Fork("machines");
        var plan = new ShopPlan
        {
            Seed = seed,
            Machines = machines.Next(2) == 0 ? 1 : 3,
            Drift = machines.Next(2) * 0.01,
            Shoppers = 2 + randomness.Next(5),
            Rounds = 2 + randomness.Next(3),
            Clerks = 1 + randomness.Next(2),
            Skus = 1 + randomness.Next(4),
            Backorder = machines.Next(3) == 0 ? 1 + machines.Next(5) : 0,
            Settings = ShopSettings.Draw(randomness.Fork("settings").Next),
            Skew = TimeSpan.FromSeconds(randomness.Next(2) * randomness.Next(6)),
            Rates = FaultRates.Draw(randomness.Fork("rates").Next),
        };
        return plan with { Events = FaultEvent.Draw(randomness.Fork("events").Next, plan) };
    }

    public ShopPlan WithoutFaults() => this with { Rates = new(), Events = [] };
}
