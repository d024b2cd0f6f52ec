namespace ActorShop.Api.Carts;

internal static class RemoveCartItem
{
    public static void Map(IEndpointRouteBuilder carts) => carts
        .MapDelete("/{id}/items/{sku}", static (string id, string sku, IfMatch ifMatch, Preference prefer, HttpContext http, IGrainFactory grains) =>
            SetCartItem.SetAsync(id, sku, quantity: 0, ifMatch, prefer, http, grains))
        .WithSummary("Remove a SKU from the cart")
        .WithDescription("Removing a SKU that is not in the cart succeeds and changes nothing.")
        .Refuses(Problems.CartNotFound, Problems.VersionMismatch, Problems.CheckoutInProgress, Problems.CartOrdered);
}
