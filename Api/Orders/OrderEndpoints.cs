using ActorShop.Api.Access;

namespace ActorShop.Api.Orders;

/// <summary>HTTP routes of orders. The id of an order gives access to it.</summary>
internal static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders/{id}").WithTags("Orders").WithIds(OrderId.Prefix, Problems.OrderNotFound);
        GetOrder.Map(orders);
        GetOrderHistory.Map(orders);
        CancelOrder.Map(orders);
    }

    public static void MapAdminOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders")
            .WithTags("Orders (admin)")
            .RequireScope(Scopes.Orders)
            .WithIds(OrderId.Prefix, Problems.OrderNotFound);
        ListOrders.Map(orders);
        ImportOrder.Map(orders);
        GetAdminOrder.Map(orders);
        GetOrderEvents.Map(orders);
        CaptureOrder.Map(orders);
        ShipOrder.Map(orders);
        RefundOrder.Map(orders);
        CancelOrder.MapAdmin(orders);
    }
}
