using ActorShop.Carts;

namespace ActorShop.Api.Carts;

internal static class GetCart
{
    // Never 304: prices change without a new version of the cart.
    public static void Map(IEndpointRouteBuilder carts) => carts
        .MapGet("/{id}", static async Task<Results<Ok<CartResponse>, Problem>> (string id, HttpContext http, IGrainFactory grains) =>
            await grains.Cart(new CartId(id)).GetAsync() is { } cart
                ? TypedResults.Ok(CartResponse.Of(cart).WithETag(http))
                : new Problem(Problems.CartNotFound))
        .WithSummary("Read a cart at current prices")
        .WithDescription("A line whose price is no longer the one that the cart stores has `priceChanged`. Carts that expired are not found.")
        .Refuses(Problems.CartNotFound);
}
