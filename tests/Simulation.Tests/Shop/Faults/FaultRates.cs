namespace ActorShop.Simulation.Shop;

/// <summary>Which faults of the wires are on in a run, and how often they come. A seed picks some: a swarm finds more than all at once.</summary>
internal sealed record FaultRates
{
    public double StoreFailsBefore { get; init; }

    public double StoreFailsAfter { get; init; }

    public double StoreArrivesLate { get; init; }

    public double StoreIsSlow { get; init; }

    public double ProviderFailsBefore { get; init; }

    public double ProviderFailsAfter { get; init; }

    public double ProviderArrivesLate { get; init; }

    public double ProviderIsSlow { get; init; }

    public double NetworkLoses { get; init; }

    public double NetworkResets { get; init; }

    public double NetworkIsSlow { get; init; }

    public double MembersFailBefore { get; init; }

    public double MembersFailAfter { get; init; }

    public double MembersAreSlow { get; init; }

    public static FaultRates Draw(Func<int, int> draw)
    {
        return new()
        {
            StoreFailsBefore = Rate(),
            StoreFailsAfter = Rate(),
            StoreArrivesLate = Rate(),
            StoreIsSlow = Rate(),
            ProviderFailsBefore = Rate(),
            ProviderFailsAfter = Rate(),
            ProviderArrivesLate = Rate(),
            ProviderIsSlow = Rate(),
            NetworkLoses = Rate(),
            NetworkResets = Rate(),
            NetworkIsSlow = Rate(),
            MembersFailBefore = Rate(),
            MembersFailAfter = Rate(),
            MembersAreSlow = Rate(),
        };

        // Off in half of the runs; else up to one in eight.
        double Rate() => draw(2) * draw(1_000) / 8_000.0;
    }

    /// <summary>The faults that are on.</summary>
    public IEnumerable<string> Names() => typeof(FaultRates).GetProperties()
        .Where(property => property.PropertyType == typeof(double) && (double)property.GetValue(this)! > 0)
        .Select(static property => property.Name)
        .Order(StringComparer.Ordinal);

    /// <summary>The same without one of the faults.</summary>
    public FaultRates Without(string name)
    {
        var copy = this with { };
        (typeof(FaultRates).GetProperty(name) ?? throw new ArgumentException($"There is no fault {name}.", nameof(name))).SetValue(copy, 0.0);
        return copy;
    }

    /// <summary>Puts the rates into force; those that are zero put an end to what was.</summary>
    public void Apply(SimulatedWorld world)
    {
        Set(world.StoreFaults, StoreFailsBefore, StoreFailsAfter, StoreArrivesLate, StoreIsSlow);
        Set(world.ProviderFaults, ProviderFailsBefore, ProviderFailsAfter, ProviderArrivesLate, ProviderIsSlow);
        var network = world.Cluster.NetworkFaults;
        network.Loss = NetworkLoses / 20;
        network.Reset = NetworkResets / 20;
        network.MaxLatency = TimeSpan.FromMilliseconds(2 + (NetworkIsSlow * 400));
        var members = world.Cluster.MembershipFaults;
        members.FailBefore = MembersFailBefore;
        members.FailAfter = MembersFailAfter;
        members.BeSlow = MembersAreSlow;
    }

    private static void Set(WireFaults wire, double before, double after, double late, double slow) =>
        (wire.FailBefore, wire.FailAfter, wire.ArriveLate, wire.Slow) = (before, after, late, slow);
}
