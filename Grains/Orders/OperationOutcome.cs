namespace ActorShop.Orders;

/// <param name="DeclineCode">The provider's code if it declined; null if the operation is done.</param>
internal sealed record OperationOutcome(long Refunded = 0, long Credited = 0, string? DeclineCode = null);
