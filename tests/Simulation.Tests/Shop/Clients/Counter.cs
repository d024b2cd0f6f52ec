using System.Globalization;
using ActorShop.Carts;
using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>What the API does with a checkout: asks the cart, renders the answer once, has it kept, and gives what was kept.</summary>
internal static class Counter
{
    public static async Task<Reply> CheckoutAsync(ICartGrain cart, RequestKey request, CheckoutDetails details)
    {
        var result = await cart.CheckoutAsync(request, details);
        return result switch
        {
            CheckoutResult.Placed { Order: var order } => new(result, await cart.KeepAnswerAsync(request, Render(order))),
            CheckoutResult.Failed { Order: var order } => new(result, await cart.KeepAnswerAsync(
                request, new(order.Failure!.DeclineCode is null ? 409 : 402, order.Failure.ToString(), Location: null))),
            CheckoutResult.Repeated { Answer: var repeated } => new(result, repeated),
            _ => new(result, Answer: null),
        };
    }

    /// <summary>The answer that tells of an order.</summary>
    public static Answer Render(OrderView order) => new(
        order.Status is OrderStatus.Pending ? 202 : 201, $"{order.Status} {order.PaymentStatus} {FrozenPart(order)}", order.Id.Value);

    /// <summary>What an order says for ever.</summary>
    public static string FrozenPart(OrderView order) => string.Create(
        CultureInfo.InvariantCulture,
        $"{order.Id} {order.Number} {string.Join(", ", order.Items.Select(static line => $"{line.Quantity} {line.Sku} at {line.UnitPrice}"))} = {order.Totals.Total}");

    /// <summary>The order an answer tells of; null where it tells of none.</summary>
    public static OrderId? OrderOf(Answer answer) => answer.Location is { } location ? new OrderId(location) : null;
}

/// <summary>What came of a checkout: what the cart said, and the answer that is kept of it, if one is.</summary>
internal sealed record Reply(CheckoutResult Result, Answer? Answer);
