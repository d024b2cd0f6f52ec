namespace ActorShop.Api.Orders;

/// <summary>The result of an operation on an order.</summary>
/// <param name="Order">The order after the operation.</param>
/// <param name="Refunded">The amount refunded; absent while the operation is in progress.</param>
/// <param name="Credited">The amount credited by a credit note; absent while the operation is in progress.</param>
public sealed record OperationResponse(OrderResponse Order, MoneyBody? Refunded, MoneyBody? Credited);
