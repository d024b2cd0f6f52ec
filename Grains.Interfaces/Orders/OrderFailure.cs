namespace ActorShop.Orders;

/// <param name="Sku">The SKU, with <see cref="FailureCode.InsufficientStock"/>.</param>
/// <param name="Available">The units of it that were free.</param>
[GenerateSerializer, Immutable, Alias("orders.failure")]
public sealed record OrderFailure(FailureCode Code, string? DeclineCode = null, Sku? Sku = null, int? Available = null);
