using System.ComponentModel.DataAnnotations;
using ActorShop.Api.Idempotency;
using ActorShop.Api.Orders;
using ActorShop.Carts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Carts;

/// <summary>The details of a checkout.</summary>
/// <param name="Email">The email address for the confirmation.</param>
/// <param name="ShippingAddress">The delivery address.</param>
/// <param name="Payment">The payment.</param>
public sealed record CheckoutRequest(
    [Text(3, 254), RegularExpression(@"^[^@\s]+@[^@\s]+$", ErrorMessage = "Must be an email address, such as ada@example.org.")] string Email,
    AddressBody ShippingAddress,
    PaymentBody Payment);

internal static class CheckOutCart
{
    public static void Map(IEndpointRouteBuilder carts) => carts.MapPost("/{id}/checkout", HandleAsync)
        .WithSummary("Check out a cart")
        .WithDescription(
            "Answers 201 with the confirmed order, or 202 with a `pending` order if payment takes longer. A repeat with the same key "
            + "gets the same answer. After a 402, use a new key.")
        .RequiresKey()
        .Refuses(
            Problems.CartNotFound, Problems.PaymentDeclined, Problems.InsufficientStock, Problems.CartEmpty, Problems.NotOffered,
            Problems.CheckoutInProgress, Problems.CartOrdered, Problems.CheckoutExpired);

    private static Task<Results<Created<OrderResponse>, Accepted<OrderResponse>, Problem, KeptAnswer>> HandleAsync(
        string id, CheckoutRequest request, HttpContext http, IGrainFactory grains) =>
        Checkout.RunAsync(grains.Cart(new CartId(id)), request, http);
}
