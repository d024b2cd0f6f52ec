namespace ActorShop.Cluster;

/// <summary>The condition of a process.</summary>
internal enum ProcessCondition
{
    /// <summary>It has ended, also if the kernel still keeps its exit code.</summary>
    Gone,

    /// <summary>It is running.</summary>
    Running,

    /// <summary>It is paused by a signal.</summary>
    Paused,
}
