using ActorShop.Carts;

namespace ActorShop.Api.Carts;

internal static class GetCart
{
    public static void Map(IEndpointRouteBuilder carts) => carts
        .MapRead("/{id}", Problems.CartNotFound, static (grains, id) => grains.Cart(new CartId(id)).GetAsync(), CartResponse.Of)
        .WithSummary("Read a cart at current prices");
}
