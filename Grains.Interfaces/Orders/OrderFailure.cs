namespace ActorShop.Orders;

/// <summary>Why an order failed.</summary>
/// <param name="Code">A problem code of the API: <c>insufficient_stock</c>, <c>payment_declined</c>, <c>checkout_expired</c>, …</param>
/// <param name="DeclineCode">The provider's word, with <c>payment_declined</c>.</param>
/// <param name="Sku">The SKU, with <c>insufficient_stock</c>.</param>
/// <param name="Available">The units that could have been had of it.</param>
[GenerateSerializer, Immutable, Alias("orders.failure")]
public sealed record OrderFailure(string Code, string? DeclineCode, Sku? Sku, int? Available);
