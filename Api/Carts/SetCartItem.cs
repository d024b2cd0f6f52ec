using System.ComponentModel.DataAnnotations;
using ActorShop.Carts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Carts;

/// <summary>The quantity of a SKU in a cart.</summary>
/// <param name="Quantity">The quantity. To remove a SKU, use DELETE.</param>
public sealed record PutItemRequest([Range(1, LineLimits.MaxQuantity)] int Quantity);

internal static class SetCartItem
{
    public static void Map(IEndpointRouteBuilder carts) => carts.MapPut("/{id}/items/{sku}", HandleAsync)
        .WithSummary("Set the quantity of a SKU")
        .WithDescription("Idempotent. With `Prefer: return=minimal` the answer is 204 with the ETag. `If-Match` is optional.")
        .Refuses(
            Problems.CartNotFound, Problems.NotOffered, Problems.CartFull, Problems.VersionMismatch, Problems.CheckoutInProgress,
            Problems.CartOrdered);

    /// <summary>Sets a quantity; 0 removes the line.</summary>
    public static async Task<Results<Ok<CartResponse>, NoContent, Problem>> SetAsync(
        string id, string sku, int quantity, IfMatch ifMatch, HttpContext http, IGrainFactory grains)
    {
        var isMinimal = Preference.IsMinimal(http.Request);
        switch (await grains.Cart(new CartId(id)).SetItemAsync(Sku.From(sku), quantity, ifMatch.Version, returnView: !isMinimal))
        {
            case CartResult.Changed { Cart: { } cart }:
                http.SetETag(cart.Version);
                return TypedResults.Ok(CartResponse.Of(cart));

            case CartResult.Changed changed:
                http.SetETag(changed.Version);
                Preference.SetApplied(http.Response);
                return TypedResults.NoContent();

            case CartResult.Unknown:
                return new Problem(Problems.CartNotFound);

            case CartResult.NotOffered refused:
                return CartProblems.NotOffered(refused.Sku);

            case CartResult.Full full:
                return new Problem(Problems.CartFull) { Facts = new() { MaxLines = full.MaxLines } };

            case CartResult.VersionMismatch mismatch:
                return IfMatch.Mismatch(mismatch.Current);

            case CartResult.CheckingOut running:
                return CartProblems.CheckingOut(running.Order);

            case CartResult.Ordered ordered:
                return CartProblems.Ordered(ordered.Order);

            case var other:
                throw Problems.Unmapped(other);
        }
    }

    private static Task<Results<Ok<CartResponse>, NoContent, Problem>> HandleAsync(
        string id, string sku, PutItemRequest request, IfMatch ifMatch, HttpContext http, IGrainFactory grains) =>
        SetAsync(id, sku, request.Quantity, ifMatch, http, grains);
}
