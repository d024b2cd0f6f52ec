namespace ActorShop.Chaos.Failover;

/// <summary>What is done in a trial, and measured.</summary>
internal enum FailoverKind
{
    /// <summary>One silo is ended by kill -9: how long until calls to its grains succeed.</summary>
    Kill,

    /// <summary>One silo is stopped where it is by SIGSTOP: the same.</summary>
    Pause,

    /// <summary>PostgreSQL is ended, and started again after a while: how much longer than that the shop pauses, and whether silos stay.</summary>
    Database,

    /// <summary>One silo is ended in order by SIGTERM: how many calls fail.</summary>
    Stop,

    /// <summary>Every process is ended by kill -9 and all are started again: how long until the first order.</summary>
    All,

    /// <summary>Silos, then APIs, are ended in order and started again one after another: how many requests fail, before and after repetitions.</summary>
    Rolling,

    /// <summary>One silo hears no other member, and is given up: how long it answers with what others have changed since.</summary>
    Deaf,

    /// <summary>One silo hears no other member and reaches no database: the same.</summary>
    Isolated,

    /// <summary>One silo reaches no database: the same.</summary>
    NoDatabase,
}
