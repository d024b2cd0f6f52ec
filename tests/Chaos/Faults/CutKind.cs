namespace ActorShop.Chaos.Faults;

/// <summary>How the network of one silo is broken.</summary>
internal enum CutKind
{
    /// <summary>All its connections are reset several times; new ones succeed.</summary>
    Reset,

    /// <summary>Connections to it are reset and refused; connections from it work.</summary>
    Refused,

    /// <summary>Bytes to it are held back; bytes from it arrive.</summary>
    OneWay,

    /// <summary>Bytes to it and its answers are held back.</summary>
    Silent,

    /// <summary>Its connections to the database are reset and refused.</summary>
    NoDatabase,

    /// <summary>Its connections to the database are open, without a byte.</summary>
    SilentDatabase,

    /// <summary>Bytes on its links are late.</summary>
    Slow,
}
