using ActorShop.Carts;

namespace ActorShop.Api.Carts;

/// <summary>The quantity of a SKU in a cart.</summary>
/// <param name="Quantity">The quantity. To remove a SKU, use DELETE.</param>
public sealed record PutItemRequest([Range(1, Line.MaxQuantity)] int Quantity)
{
    internal static PutItemRequest Example { get; } = new(2);
}

internal static class SetCartItem
{
    public static void Map(IEndpointRouteBuilder carts) => carts
        .MapPut("/{id}/items/{sku}", static (string id, string sku, PutItemRequest request, IfMatch ifMatch, Preference prefer, HttpContext http, IGrainFactory grains) =>
            SetAsync(id, sku, request.Quantity, ifMatch, prefer, http, grains))
        .WithSummary("Set the quantity of a SKU")
        .WithDescription("Idempotent. With `Prefer: return=minimal` the answer is 204 with the ETag.")
        .Refuses(
            Problems.CartNotFound, Problems.NotOffered, Problems.CartFull, Problems.VersionMismatch, Problems.CheckoutInProgress,
            Problems.CartOrdered);

    /// <summary>Sets a quantity; 0 removes the line.</summary>
    public static async Task<Results<Ok<CartResponse>, NoContent, Problem>> SetAsync(
        string id, string sku, int quantity, IfMatch ifMatch, Preference prefer, HttpContext http, IGrainFactory grains) =>
        await grains.Cart(new CartId(id)).SetItemAsync(Sku.From(sku), quantity, ifMatch.Version, returnView: !prefer.IsMinimal) switch
        {
            CartResult.Changed { Cart: { } cart } => TypedResults.Ok(CartResponse.Of(cart).WithETag(http)),
            CartResult.Changed changed => NoContent(changed.Version, http),
            CartResult.Unknown => new Problem(Problems.CartNotFound),
            CartResult.NotOffered refused => CartProblems.NotOffered(refused.Sku),
            CartResult.Full full => new Problem(Problems.CartFull) { Facts = new(MaxLines: full.MaxLines) },
            CartResult.VersionMismatch mismatch => IfMatch.Mismatch(mismatch.Current),
            CartResult.CheckingOut running => CartProblems.CheckingOut(running.Order),
            CartResult.Ordered ordered => CartProblems.Ordered(ordered.Order),
            var other => throw Problems.Unmapped(other),
        };

    private static NoContent NoContent(long version, HttpContext http)
    {
        http.SetETag(version);
        http.Response.Headers[Preference.AppliedHeader] = Preference.Minimal;
        return TypedResults.NoContent();
    }
}
