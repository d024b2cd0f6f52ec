namespace ActorShop.Orders;

/// <summary>What a confirmed order can be asked to do.</summary>
internal enum OperationType
{
    /// <summary>Take the money.</summary>
    Capture,

    /// <summary>Give money back for lines.</summary>
    Refund,

    /// <summary>Call it off.</summary>
    Cancel,
}
