using System.Text.Json;
using ActorShop.Api.Idempotency;
using ActorShop.Api.Orders;
using ActorShop.Carts;
using ActorShop.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Carts;

/// <summary>The checkout at the edge: asks the cart, renders the answer once, has it kept by the cart, and sends what was kept.</summary>
internal static class Checkout
{
    public static async Task<Results<Created<OrderResponse>, Accepted<OrderResponse>, Problem, KeptAnswer>> RunAsync(
        ICartGrain cart, CheckoutRequest request, HttpContext http)
    {
        var (key, refusal) = IdempotencyKey.Read(http);
        if (key is null)
        {
            return refusal!;
        }

        return await cart.CheckoutAsync(key, Details(request)) switch
        {
            CheckoutResult.Placed placed => await KeepAsync(cart, key, Render(placed.Order)),
            CheckoutResult.Failed failed => await KeepAsync(cart, key, Render(OrderProblems.OfFailure(failed.Order), http)),
            CheckoutResult.Repeated repeated => new KeptAnswer(repeated.Answer, isReplay: true),
            CheckoutResult.Running => new Problem(Problems.IdempotencyInProgress),
            CheckoutResult.KeyReused => new Problem(Problems.IdempotencyKeyReused),
            CheckoutResult.Unknown => new Problem(Problems.CartNotFound),
            CheckoutResult.Empty => new Problem(Problems.CartEmpty),
            CheckoutResult.NotOffered refused => CartProblems.NotOffered(refused.Sku),
            CheckoutResult.CheckingOut running => CartProblems.CheckingOut(running.Order),
            CheckoutResult.Ordered ordered => CartProblems.Ordered(ordered.Order),
            var other => throw Problems.Unmapped(other),
        };
    }

    private static CheckoutDetails Details(CheckoutRequest request) =>
        new(request.Email, request.ShippingAddress.ToAddress(), request.Payment.Token);

    // What was kept first is what everybody gets, this caller too.
    private static async Task<KeptAnswer> KeepAsync(ICartGrain cart, RequestKey key, Answer answer)
    {
        var kept = await cart.KeepAnswerAsync(key, answer);
        return new KeptAnswer(kept, isReplay: kept != answer);
    }

    private static Answer Render(OrderView order) => new(
        order.Status is OrderStatus.Pending ? StatusCodes.Status202Accepted : StatusCodes.Status201Created,
        JsonSerializer.Serialize(OrderResponse.Of(order), ApiJson.Options), $"/v1/orders/{order.Id.Value}");

    private static Answer Render(Problem problem, HttpContext http) => new(
        problem.Kind.Status, JsonSerializer.Serialize(problem.Render(http), ApiJson.Options), Location: null);
}
