namespace ActorShop.Simulation.Shop;

/// <summary>Which faults of the wires are on in a run, and how often they come. A seed picks some: a swarm finds more than all at once.</summary>
internal sealed record FaultRates(
    double StoreFailsBefore = 0, double StoreFailsAfter = 0, double StoreArrivesLate = 0, double StoreIsSlow = 0, double ProviderFailsBefore = 0,
    double ProviderFailsAfter = 0, double ProviderArrivesLate = 0, double ProviderIsSlow = 0, double NetworkLoses = 0, double NetworkResets = 0,
    double NetworkIsSlow = 0, double MembersFailBefore = 0, double MembersFailAfter = 0, double MembersAreSlow = 0)
{
    public static FaultRates Draw(Func<int, int> draw)
    {
        return new(Rate(), Rate(), Rate(), Rate(), Rate(), Rate(), Rate(), Rate(), Rate(), Rate(), Rate(), Rate(), Rate(), Rate());

        // Off in half of the runs; else up to one in eight.
        double Rate() => draw(2) * draw(1_000) / 8_000.0;
    }

    public IEnumerable<string> Names() => typeof(FaultRates).GetProperties()
        .Where(property => property.PropertyType == typeof(double) && (double)property.GetValue(this)! > 0)
        .Select(static property => property.Name)
        .Order(StringComparer.Ordinal);

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
