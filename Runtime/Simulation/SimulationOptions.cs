namespace ActorShop.Runtime.Simulation;

/// <summary>The bounds of a simulated run.</summary>
public sealed class SimulationOptions
{
    /// <summary>How many steps it may take.</summary>
    /// <value>Ten million.</value>
    public long MaxSteps { get; set; } = 10_000_000;

    /// <summary>How much virtual time may pass.</summary>
    /// <value>One week.</value>
    public TimeSpan MaxTime { get; set; } = TimeSpan.FromDays(7);
}
