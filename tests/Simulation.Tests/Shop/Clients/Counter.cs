using System.Globalization;
using ActorShop.Carts;
using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>What the API does with a checkout: claims the key, asks the cart under the operation id, and stores the answer.</summary>
internal static class Counter
{
    public static async Task<Reply> CheckoutAsync(IGrainFactory grains, CartId cart, RequestKey request, CheckoutDetails details)
    {
        CheckoutResult? result = null;
        var stored = await OrderDesk.RunAsync(grains, request, async (grains, operation) =>
        {
            result = await grains.Cart(cart).CheckoutAsync(new(OrderId.Prefix + operation), details);
            return result switch
            {
                CheckoutResult.Placed { Order: var order } => Render(order),
                CheckoutResult.Failed { Order: var order } => new(
                    order.Failure!.DeclineCode is null ? 409 : 402, order.Failure.ToString(), Location: null),
                _ => new(OrderDesk.Busy, "refused", Location: null),
            };
        });
        return new(stored.Found, result, stored.Answer);
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

/// <summary>What came of a checkout: what was found under the key, what the cart answered, and the stored answer, if there is one.</summary>
internal sealed record Reply(BeginResult Found, CheckoutResult? Result, Answer? Answer);
