using ActorShop.Api.Idempotency;
using ActorShop.Carts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Carts;

/// <summary>HTTP routes under <c>/v1/carts</c>.</summary>
internal static class CartEndpoints
{
    public static void MapCarts(this IEndpointRouteBuilder routes)
    {
        var carts = routes.MapGroup("/carts").WithTags("Carts").WithIds(CartId.Prefix, Problems.CartNotFound);

        carts.MapPost("/", PostCart)
            .WithSummary("Create a cart")
            .Refuses(Problems.ExternalIdTaken);

        carts.MapGet("/{id}", GetCart)
            .WithSummary("Read a cart at current prices")
            .Refuses(Problems.CartNotFound);

        carts.MapPut("/{id}/items/{sku}", PutItem)
            .WithSummary("Set the quantity of a SKU")
            .WithDescription("Idempotent. With `Prefer: return=minimal` the answer is 204 with the ETag. `If-Match` is optional.")
            .Refuses(CartChangeProblems);

        carts.MapDelete("/{id}/items/{sku}", DeleteItem)
            .WithSummary("Remove a SKU from the cart")
            .WithDescription("Removing a SKU that is not in the cart succeeds and changes nothing.")
            .Refuses(CartChangeProblems);

        carts.MapPost("/{id}/checkout", PostCheckout)
            .WithSummary("Check out a cart")
            .WithDescription(
                "Answers 201 with the confirmed order, or 202 with a `pending` order if payment takes longer. A repeat with the same key "
                + "gets the same answer. After a 402, use a new key.")
            .Idempotent()
            .Refuses(
                Problems.CartNotFound, Problems.PaymentDeclined, Problems.InsufficientStock, Problems.CartEmpty, Problems.NotOffered,
                Problems.CheckoutInProgress, Problems.CartOrdered, Problems.CheckoutExpired);
    }

    private static ProblemKind[] CartChangeProblems =>
    [
        Problems.CartNotFound, Problems.NotOffered, Problems.CartFull, Problems.VersionMismatch, Problems.CheckoutInProgress,
        Problems.CartOrdered,
    ];

    private static async Task<Results<Created<CartResponse>, Problem>> PostCart(
        Body<CreateCartRequest> body, HttpContext http, IGrainFactory grains, IdSource ids)
    {
        var id = new CartId(CartId.Prefix + ids.Next());
        if (await grains.Cart(id).CreateAsync(body.Value.Currency, body.Value.ExternalId) is not { } cart)
        {
            return new Problem(Problems.ExternalIdTaken);
        }

        http.SetEntityTag(cart.Version);
        return TypedResults.Created($"/v1/carts/{cart.Id.Value}", CartResponse.Of(cart));
    }

    private static async Task<Results<Ok<CartResponse>, Problem>> GetCart(string id, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Cart(new CartId(id)).GetAsync() is not { } cart)
        {
            return new Problem(Problems.CartNotFound);
        }

        http.SetEntityTag(cart.Version);
        return TypedResults.Ok(CartResponse.Of(cart));
    }

    private static Task<Results<Ok<CartResponse>, NoContent, Problem>> PutItem(
        string id, string sku, Body<PutItemRequest> body, Condition condition, HttpContext http, IGrainFactory grains) =>
        SetItemAsync(id, sku, body.Value.Quantity, condition, http, grains);

    private static Task<Results<Ok<CartResponse>, NoContent, Problem>> DeleteItem(
        string id, string sku, Condition condition, HttpContext http, IGrainFactory grains) =>
        SetItemAsync(id, sku, quantity: 0, condition, http, grains);

    private static async Task<Results<Ok<CartResponse>, NoContent, Problem>> SetItemAsync(
        string id, string sku, int quantity, Condition condition, HttpContext http, IGrainFactory grains)
    {
        var isMinimal = Preference.IsMinimal(http.Request);
        return await grains.Cart(new CartId(id)).SetItemAsync(Sku.From(sku), quantity, condition.Version, returnView: !isMinimal) switch
        {
            CartResult.Changed { Cart: { } cart } => Whole(http, cart),
            CartResult.Changed changed => Minimal(http, changed.Version),
            CartResult.Unknown => new Problem(Problems.CartNotFound),
            CartResult.NotOffered refused => CartProblems.NotOffered(refused.Sku),
            CartResult.Full full => new Problem(Problems.CartFull) { Facts = new ProblemFacts { MaxLines = full.MaxLines } },
            CartResult.VersionMismatch mismatch => Conditions.Mismatch(mismatch.Current),
            CartResult.CheckingOut running => CartProblems.CheckingOut(running.Order),
            CartResult.Ordered ordered => CartProblems.Ordered(ordered.Order),
            var other => throw Problems.Unmapped(other),
        };
    }

    private static Ok<CartResponse> Whole(HttpContext http, CartView cart)
    {
        http.SetEntityTag(cart.Version);
        return TypedResults.Ok(CartResponse.Of(cart));
    }

    private static NoContent Minimal(HttpContext http, long version)
    {
        http.SetEntityTag(version);
        Preference.SetApplied(http.Response);
        return TypedResults.NoContent();
    }

    private static Task<Results<Created<Orders.OrderResponse>, Accepted<Orders.OrderResponse>, Problem>> PostCheckout(
        string id, Body<CheckoutRequest> body, HttpContext http, IGrainFactory grains) =>
        Checkout.RunAsync(grains.Cart(new CartId(id)), body, http);
}
