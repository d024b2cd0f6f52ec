namespace ActorShop.Cluster;

internal enum ProcessCondition
{
    /// <summary>It has ended, also if the kernel still keeps its exit code.</summary>
    Gone,
    Running,
    Paused,
}
