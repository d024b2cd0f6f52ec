using ActorShop.Carts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Carts;

internal static class GetCart
{
    public static void Map(IEndpointRouteBuilder carts) => carts.MapGet("/{id}", HandleAsync)
        .WithSummary("Read a cart at current prices")
        .Refuses(Problems.CartNotFound);

    private static async Task<Results<Ok<CartResponse>, StatusCodeHttpResult, Problem>> HandleAsync(
        string id, HttpContext http, IGrainFactory grains) =>
        http.Render(await grains.Cart(new CartId(id)).GetAsync(), static cart => cart.Version, CartResponse.Of, Problems.CartNotFound);
}
