namespace ActorShop.Cluster;

/// <summary>Signals by their numbers on Linux.</summary>
internal enum UnixSignal
{
    /// <summary>For PostgreSQL: close all connections and stop.</summary>
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,

    /// <summary>Pause. A process cannot ignore it.</summary>
    Stop = 19,
}
