using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Api.Orders;

/// <summary>An order with its saga and payment.</summary>
/// <param name="Order">The order as the customer sees it.</param>
/// <param name="Step">The current step of the saga.</param>
/// <param name="Tender">The means of payment.</param>
/// <param name="PaymentId">The id of the payment.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
public sealed record AdminOrderResponse(OrderResponse Order, string Step, OrderTender Tender, string? PaymentId, string? CustomerId) : IVersioned
{
    long IVersioned.Version => Order.Version;

    internal static AdminOrderResponse Of(OrderView order) =>
        new(OrderResponse.Of(order), order.Step, order.Tender, order.Payment?.Value, order.CustomerId);
}

internal static class GetAdminOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapRead("/{id}", Problems.OrderNotFound, static (grains, id) => grains.Order(new OrderId(id)).GetAsync(), AdminOrderResponse.Of)
        .WithSummary("Read an order with its saga and payment");
}
