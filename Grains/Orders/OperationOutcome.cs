namespace ActorShop.Orders;

/// <summary>The outcome of a finished operation.</summary>
/// <param name="Refunded">The captured money that it refunded, in minor units.</param>
/// <param name="Credited">The money that it credited, in minor units.</param>
/// <param name="DeclineCode">The provider's code if it declined; null if the operation is done.</param>
internal sealed record OperationOutcome(long Refunded = 0, long Credited = 0, string? DeclineCode = null);
