using ActorShop.Api.Idempotency;
using ActorShop.Api.Orders;
using ActorShop.Carts;
using ActorShop.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Carts;

/// <summary>The checkout at the edge: the order's id is the operation id of the request, so a repeat meets the same order.</summary>
internal static class Checkout
{
    public static async Task<Results<Created<OrderResponse>, Accepted<OrderResponse>, Problem>> RunAsync(
        ICartGrain cart, Body<CheckoutRequest> body, HttpContext http) =>
        await cart.CheckoutAsync(new OrderId(OrderId.Prefix + http.OperationId()), Details(body.Value)) switch
        {
            CheckoutResult.Placed { Order: { Status: OrderStatus.Pending } order } => TypedResults.Accepted(PathOf(order), OrderResponse.Of(order)),
            CheckoutResult.Placed { Order: var order } => TypedResults.Created(PathOf(order), OrderResponse.Of(order)),
            CheckoutResult.Failed failed => OrderProblems.OfFailure(failed.Order),
            CheckoutResult.Unknown => new Problem(Problems.CartNotFound),
            CheckoutResult.Empty => new Problem(Problems.CartEmpty) { IsDecidedAnew = true },
            CheckoutResult.NotOffered refused => CartProblems.NotOffered(refused.Sku),
            CheckoutResult.CheckingOut running => CartProblems.CheckingOut(running.Order),
            CheckoutResult.Ordered ordered => CartProblems.Ordered(ordered.Order),
            var other => throw Problems.Unmapped(other),
        };

    private static string PathOf(OrderView order) => $"/v1/orders/{order.Id.Value}";

    private static CheckoutDetails Details(CheckoutRequest request)
    {
        var to = request.ShippingAddress;
        return new CheckoutDetails(
            request.Email, new Address(to.Name, to.Line1, to.Line2, to.City, to.PostalCode, to.Country), request.Payment.Token);
    }
}
