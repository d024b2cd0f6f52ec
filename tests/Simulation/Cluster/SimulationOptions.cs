namespace ActorShop.Simulation;

/// <summary>The shape and the limits of a run.</summary>
public sealed class SimulationOptions
{
    public int Silos { get; set; } = 1;

    /// <summary>How many of them have started when the test begins; null for all.</summary>
    /// <value>All.</value>
    public int? SilosAtStart { get; set; }

    public long MaxSteps { get; set; } = 10_000_000;

    public TimeSpan MaxTime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the test's clients may have nothing to do but wait.</summary>
    /// <value>One hour.</value>
    /// <remarks>Longer than any wait of a test. Silos always have a timer set, so this is how the run notices that work has left the simulation.</remarks>
    public TimeSpan MaxSilence { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How fast or slow the clocks of silos may run, as a share.</summary>
    /// <value>One hundredth.</value>
    public double MaxClockDrift { get; set; } = 0.01;

    /// <summary>How wrong the calendars of silos may be.</summary>
    /// <value>Ten seconds.</value>
    public TimeSpan MaxClockSkew { get; set; } = TimeSpan.FromSeconds(10);
}
