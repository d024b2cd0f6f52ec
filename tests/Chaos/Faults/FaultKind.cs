namespace ActorShop.Chaos.Faults;

/// <summary>What is done to a cluster.</summary>
internal enum FaultKind
{
    /// <summary>A process is ended without a chance to say anything (kill -9), and started again later.</summary>
    Kill,

    /// <summary>A silo stands still with its connections open (SIGSTOP), and goes on later.</summary>
    Pause,

    /// <summary>A process is ended in order (SIGTERM), and started again.</summary>
    Stop,

    /// <summary>PostgreSQL is ended and started again: everybody's connections break, and nobody listens for a while.</summary>
    Database,

    /// <summary>The network of one silo is broken: a <see cref="CutKind"/>.</summary>
    Cut,
}

/// <summary>How the network of one silo is broken.</summary>
internal enum CutKind
{
    /// <summary>All its connections are reset, again and again; new ones may be made.</summary>
    Reset,

    /// <summary>What others say to it is reset, and they cannot connect: it can speak to them on connections of its own.</summary>
    Refused,

    /// <summary>What others say to it does not arrive, and nobody is told; what it says arrives.</summary>
    OneWay,

    /// <summary>What others say to it does not arrive, nor its answers, and nobody is told.</summary>
    Silent,

    /// <summary>Its connections to the database are reset and cannot be made.</summary>
    NoDatabase,

    /// <summary>Its connections to the database are open and silent.</summary>
    SilentDatabase,

    /// <summary>Everything it hears and says on its links is late.</summary>
    Slow,
}
