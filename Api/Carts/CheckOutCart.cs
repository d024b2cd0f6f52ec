using ActorShop.Api.Orders;
using ActorShop.Carts;

namespace ActorShop.Api.Carts;

/// <summary>The details of a checkout.</summary>
/// <param name="Email">The email address for the confirmation.</param>
/// <param name="ShippingAddress">The delivery address.</param>
/// <param name="Payment">The payment.</param>
/// <param name="ExpectedTotal">The total that the customer agreed to. A different total is refused.</param>
public sealed record CheckoutRequest(
    [Text(3, 254), RegularExpression(@"^[^@\s]+@[^@\s]+$", ErrorMessage = "Must be an email address, such as ada@example.org.")] string Email,
    AddressBody ShippingAddress,
    PaymentBody Payment,
    TotalBody? ExpectedTotal = null)
{
    internal static CheckoutRequest Example { get; } = new(
        "ada@example.com", new("Ada Lovelace", "1 High Street", "Leeds", "LS1 1AA", "GB"), new("tok_ok"));

    internal CheckoutDetails ToDetails() => new(Email, ShippingAddress.ToAddress(), Payment.Token, ExpectedTotal?.ToMoney());
}

internal static class CheckOutCart
{
    public static void Map(IEndpointRouteBuilder carts) => carts.MapPost("/{id}/checkout", HandleAsync)
        .WithSummary("Check out a cart")
        .WithDescription(
            "Answers 201 with the confirmed order, or 202 with a `pending` order if payment takes longer. A repeat with the same key "
            + "gets the same answer. After a 402, use a new key. If the total is not `expectedTotal`, or without it if a price has risen since the "
            + "cart was changed last, the answer is 422 `price_changed` with the `cart` at current prices; a repeat accepts these.")
        .Idempotent()
        .Refuses(
            Problems.CartNotFound, Problems.PaymentDeclined, Problems.InsufficientStock, Problems.CartEmpty, Problems.NotOffered,
            Problems.PriceChanged, Problems.TotalTooLarge, Problems.CheckoutInProgress, Problems.CartOrdered, Problems.CheckoutExpired);

    // The order's id is the operation id of the request, so a repeat meets the same order.
    private static async Task<Results<Created<OrderResponse>, Accepted<OrderResponse>, Problem>> HandleAsync(
        string id, CheckoutRequest request, HttpContext http, IGrainFactory grains) =>
        await grains.Cart(new CartId(id)).CheckoutAsync(new OrderId(OrderId.Prefix + http.OperationId()), request.ToDetails()) switch
        {
            CheckoutResult.Placed placed => OrderAnswers.Placed(placed.Order),
            CheckoutResult.Failed failed => OrderAnswers.OfFailure(failed.Order),
            CheckoutResult.Unknown => new Problem(Problems.CartNotFound),
            CheckoutResult.Empty => new Problem(Problems.CartEmpty) { IsDecidedAnew = true },
            CheckoutResult.NotOffered refused => CartProblems.NotOffered(refused.Sku),
            CheckoutResult.PriceChanged changed => CartProblems.PriceChanged(changed.Cart),
            CheckoutResult.TotalTooLarge => CartProblems.TotalTooLarge(),
            CheckoutResult.CheckingOut running => CartProblems.CheckingOut(running.Order),
            CheckoutResult.Ordered ordered => CartProblems.Ordered(ordered.Order),
            var other => throw Problems.Unmapped(other),
        };
}
