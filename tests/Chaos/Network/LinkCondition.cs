namespace ActorShop.Chaos.Network;

/// <summary>What a link does with connections and bytes.</summary>
internal enum LinkCondition
{
    Open,

    /// <summary>Open connections pass bytes; new ones are reset at once.</summary>
    Refusing,

    /// <summary>Bytes to the target are held back; bytes from it pass.</summary>
    DeafListener,

    /// <summary>Bytes to the caller are held back; bytes from it pass.</summary>
    DeafCaller,

    /// <summary>Bytes wait in both directions.</summary>
    Silent,

    /// <summary>Everything passes, late.</summary>
    Slow,
}
