namespace ActorShop.Api.Carts;

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
