using ActorShop.Api.Idempotency;
using ActorShop.Api.Limits;
using ActorShop.Api.Orders;
using ActorShop.Carts;

namespace ActorShop.Api.Carts;

/// <summary>The details of a checkout.</summary>
/// <param name="Email">The email address for the confirmation.</param>
/// <param name="ShippingAddress">The delivery address.</param>
/// <param name="Payment">The payment.</param>
/// <param name="ExpectedTotal">The total that the customer agreed to. A different total is refused.</param>
public sealed record CheckoutRequest(
    [Email] string Email,
    AddressBody ShippingAddress,
    PaymentBody Payment,
    TotalBody? ExpectedTotal = null)
{
    internal static CheckoutRequest Example { get; } = new(
        EmailAttribute.Example, new("Ada Lovelace", "1 High Street", "Leeds", "GB", "LS1 1AA", Phone: "+44 113 496 0000"), new("tok_ok"));

    internal CheckoutDetails ToDetails() => new(Email, ShippingAddress.ToAddress(), Payment.Token, ExpectedTotal?.ToMoney());
}

internal static class CheckOutCart
{
    public static void Map(IEndpointRouteBuilder carts) => carts.MapPost("/{id}/checkout", HandleAsync)
        .WithSummary("Check out a cart")
        .WithDescription(
            "Answers 201 with the confirmed order, or 202 with a `pending` order if payment takes longer. A repeat with the same key "
            + "gets the answer of the same order, for as long as the cart exists: after a 202, the order as it was settled. After a 402, use a new "
            + "key. If the total is not `expectedTotal`, or without it if a price has risen since the "
            + "line was set, the answer is 422 `price_changed` with the `cart` at current prices. To accept them, send their total as `expectedTotal`, with a new key.")
        .CountAs(RouteClass.Checkout)
        .RequiresKey()
        .Refuses(
            Problems.CartNotFound, Problems.PaymentDeclined, Problems.InsufficientStock, Problems.CartEmpty, Problems.NotOffered,
            Problems.PriceChanged, Problems.TotalTooLarge, Problems.CheckoutInProgress, Problems.CartOrdered, Problems.CheckoutExpired,
            Problems.TooManyUnits, Problems.TooManyUnpaidOrders);

    private static async Task<Results<Created<OrderResponse>, Accepted<OrderResponse>, Problem>> HandleAsync(
        string id, CheckoutRequest request, HttpContext http, IGrainFactory grains, UnpaidOrders unpaid)
    {
        var (key, invalid) = IdempotencyKey.Read(http);
        if (key is null)
        {
            return invalid!;
        }

        var (result, refusal) = await unpaid.CheckOutAsync(http, new CartId(id), (cart, units) => cart.CheckoutAsync(key, request.ToDetails() with { MaxUnits = units, TraceId = Problem.TraceOf(http) }));
        if (result is CheckoutResult.Placed { IsRepeat: true } or CheckoutResult.Failed { IsRepeat: true })
        {
            http.Response.Headers[IdempotencyFilter.ReplayHeader] = "true";
        }

        return refusal ?? Render(result!, http);
    }

    private static Results<Created<OrderResponse>, Accepted<OrderResponse>, Problem> Render(CheckoutResult result, HttpContext http) => result switch
    {
        CheckoutResult.Placed placed => OrderAnswers.Placed(placed.Order, http),
        CheckoutResult.Failed failed => OrderAnswers.OfFailure(failed.Order),
        CheckoutResult.Unknown => new Problem(Problems.CartNotFound),
        CheckoutResult.Empty => new Problem(Problems.CartEmpty),
        CheckoutResult.NotOffered refused => CartProblems.NotOffered(refused.Sku),
        CheckoutResult.PriceChanged changed => CartProblems.PriceChanged(changed.Cart),
        CheckoutResult.TooManyUnits => CartProblems.TooManyUnits(),
        CheckoutResult.TotalTooLarge => CartProblems.TotalTooLarge(),
        CheckoutResult.CheckingOut running => CartProblems.CheckingOut(running.Order),
        CheckoutResult.Ordered ordered => CartProblems.Ordered(ordered.Order),
        CheckoutResult.KeyReused => new Problem(Problems.IdempotencyKeyReused),
        var other => throw Problems.Unmapped(other),
    };
}
