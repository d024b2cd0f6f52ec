namespace ActorShop.Simulation;

/// <summary>What the network between silos does to messages. Rates are from 0 to 1, for each message.</summary>
public sealed class SimulatedNetworkFaults
{
    public TimeSpan MinLatency { get; set; } = TimeSpan.FromMicroseconds(100);

    public TimeSpan MaxLatency { get; set; } = TimeSpan.FromMilliseconds(2);

    public double Loss { get; set; }

    /// <summary>The rate at which a message breaks its connection.</summary>
    public double Reset { get; set; }
}
