namespace ActorShop.Chaos.Faults;

internal enum FaultKind
{
    /// <summary>A process is killed (kill -9) and restarted later.</summary>
    Kill,

    /// <summary>A silo is paused with its connections open (SIGSTOP) and resumed later.</summary>
    Pause,

    /// <summary>A process is stopped (SIGTERM) and restarted.</summary>
    Stop,

    /// <summary>PostgreSQL is stopped and restarted: all connections break, and new ones fail for a while.</summary>
    Database,

    /// <summary>The network of one silo is broken: a <see cref="CutKind"/>.</summary>
    Cut,
}
