namespace ActorShop.Cli.Replays;

/// <summary>Where lines and amounts went that did not simply become an order.</summary>
internal enum Destination
{
    /// <summary>Cancelled lines refunded to the order that they name.</summary>
    Refunded,

    /// <summary>Refunds above the price of the lines; the amount above is a credit note of the order.</summary>
    Excess,

    /// <summary>Cancelled lines that name no order; they are credit notes of their own.</summary>
    Unmatched,

    /// <summary>Cancelled lines whose order lacks the units or is unknown; they are credit notes of their own.</summary>
    Lacking,

    /// <summary>Cancelled lines of refused orders: nothing is given back.</summary>
    Pointless,

    RefusedOrders,

    /// <summary>Stock adjustments; the amount is units in less units out.</summary>
    Adjustments,

    RefusedAdjustments,
}
