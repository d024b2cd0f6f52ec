namespace ActorShop.Cli.Replays;

/// <summary>Where lines and amounts went that did not simply become an order. The amount of adjustments is units in less units out.</summary>
internal enum Destination
{
    Refunded,
    Excess,
    Unmatched,
    Lacking,
    Pointless,
    RefusedOrders,
    Adjustments,
    RefusedAdjustments,
}
