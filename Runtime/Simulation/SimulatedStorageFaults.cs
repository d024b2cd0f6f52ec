namespace ActorShop.Runtime.Simulation;

/// <summary>What a simulated store does to those who use it. Chances are from 0 to 1, for each operation.</summary>
public sealed class SimulatedStorageFaults
{
    /// <summary>The longest an operation takes; each takes a time up to it.</summary>
    /// <value>Ten milliseconds.</value>
    public TimeSpan MaxLatency { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The chance that an operation fails without having happened.</summary>
    /// <value>None.</value>
    public double FailBefore { get; set; }

    /// <summary>The chance that a write happens and fails all the same: the outcome that its caller cannot know.</summary>
    /// <value>None.</value>
    public double FailAfter { get; set; }

    /// <summary>How many operations have failed without having happened.</summary>
    public int FailedBefore { get; internal set; }

    /// <summary>How many writes have failed although they had happened.</summary>
    public int FailedAfter { get; internal set; }
}
