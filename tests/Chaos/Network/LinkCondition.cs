namespace ActorShop.Chaos.Network;

/// <summary>What a link does with connections and bytes.</summary>
internal enum LinkCondition
{
    /// <summary>Everything passes.</summary>
    Open,

    /// <summary>Connections that are there pass bytes; new ones are reset at once, as where nobody listens.</summary>
    Refusing,

    /// <summary>Bytes to whoever listens wait; what it says passes. Nobody is told: that is a cable pulled on one side.</summary>
    DeafListener,

    /// <summary>Bytes to whoever called wait; what it says passes.</summary>
    DeafCaller,

    /// <summary>Bytes wait in both directions.</summary>
    Silent,

    /// <summary>Everything passes, late.</summary>
    Slow,
}
