namespace ActorShop.Orders;

/// <summary>Units of one line that came back, and the money for them.</summary>
/// <param name="Line">The line's place in the order, from 0.</param>
/// <param name="Amount">What was refunded for them, in minor units.</param>
internal sealed record LineReturn(int Line, int Units, long Amount);
