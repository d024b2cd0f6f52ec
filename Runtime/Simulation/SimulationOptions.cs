namespace ActorShop.Runtime.Simulation;

/// <summary>The shape and the bounds of a simulated run.</summary>
public sealed class SimulationOptions
{
    /// <summary>How many steps it may take.</summary>
    /// <value>Ten million.</value>
    public long MaxSteps { get; set; } = 10_000_000;

    /// <summary>How much virtual time may pass.</summary>
    /// <value>One week.</value>
    public TimeSpan MaxTime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many silos there are. More than one form a cluster, with a network and a membership table.</summary>
    /// <value>1.</value>
    public int Silos { get; set; } = 1;

    /// <summary>By how much the clocks of silos run fast or slow at most, as a share.</summary>
    /// <value>A hundredth.</value>
    public double MaxClockDrift { get; set; } = 0.01;

    /// <summary>By how much the calendars of silos are wrong at most.</summary>
    /// <value>Ten seconds.</value>
    public TimeSpan MaxClockSkew { get; set; } = TimeSpan.FromSeconds(10);
}
