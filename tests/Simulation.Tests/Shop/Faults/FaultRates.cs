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

    /// <summary>Puts the rates of the store into force.</summary>
    public void ApplyToStore(WireFaults wire)
    {
        wire.FailBefore = StoreFailsBefore;
        wire.FailAfter = StoreFailsAfter;
        wire.ArriveLate = StoreArrivesLate;
        wire.Slow = StoreIsSlow;
    }

    /// <summary>Puts the rates of the provider into force.</summary>
    public void ApplyToProvider(WireFaults wire)
    {
        wire.FailBefore = ProviderFailsBefore;
        wire.FailAfter = ProviderFailsAfter;
        wire.ArriveLate = ProviderArrivesLate;
        wire.Slow = ProviderIsSlow;
    }
}
