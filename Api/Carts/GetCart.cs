using ActorShop.Carts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Carts;

internal static class GetCart
{
    public static void Map(IEndpointRouteBuilder carts) => carts.MapGet("/{id}", HandleAsync)
        .WithSummary("Read a cart at current prices")
        .Refuses(Problems.CartNotFound);

    private static async Task<Results<Ok<CartResponse>, Problem>> HandleAsync(string id, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Cart(new CartId(id)).GetAsync() is not { } cart)
        {
            return new Problem(Problems.CartNotFound);
        }

        http.SetETag(cart.Version);
        return TypedResults.Ok(CartResponse.Of(cart));
    }
}
