namespace ActorShop.Api.Carts;

/// <summary>HTTP routes under <c>/v1/carts</c>.</summary>
internal static class CartEndpoints
{
    public static void MapCarts(this IEndpointRouteBuilder routes)
    {
        var carts = routes.MapGroup("/carts").WithTags("Carts").WithIds(CartId.Prefix, Problems.CartNotFound);
        CreateCart.Map(carts);
        GetCart.Map(carts);
        SetCartItem.Map(carts);
        RemoveCartItem.Map(carts);
        CheckOutCart.Map(carts);
    }
}
