namespace ActorShop.Simulation;

/// <summary>What the network between silos does to messages. Rates are from 0 to 1, for each message.</summary>
public sealed class SimulatedNetworkFaults
{
    /// <summary>The shortest time on the way.</summary>
    public TimeSpan MinLatency { get; set; } = TimeSpan.FromMicroseconds(100);

    /// <summary>The longest time on the way.</summary>
    public TimeSpan MaxLatency { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The rate of lost messages.</summary>
    public double Loss { get; set; }

    /// <summary>The rate at which a message breaks its connection.</summary>
    public double Reset { get; set; }

    /// <summary>How many messages were lost so far.</summary>
    public int Lost { get; internal set; }
}
