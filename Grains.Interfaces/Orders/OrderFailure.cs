namespace ActorShop.Orders;

/// <param name="Sku">The SKU, with <see cref="FailureCode.InsufficientStock"/>.</param>
/// <param name="Available">The units of it that were free.</param>
/// <param name="Interrupted">Whether the checkout counts as not executed: nothing was decided, and the same key may start another attempt.</param>
[GenerateSerializer, Immutable, Alias("orders.failure")]
public sealed record OrderFailure(FailureCode Code, string? DeclineCode = null, Sku? Sku = null, int? Available = null, bool Interrupted = false);
