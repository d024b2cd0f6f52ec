using ActorShop.Orders;

namespace ActorShop.Api.Orders;

internal static class GetOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapRead("/", Problems.OrderNotFound, static (grains, id) => grains.Order(new OrderId(id)).GetAsync(), OrderResponse.Of)
        .WithSummary("Read an order");
}
