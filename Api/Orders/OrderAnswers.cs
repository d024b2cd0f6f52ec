using ActorShop.Orders;

namespace ActorShop.Api.Orders;

/// <summary>The answers with orders that were placed.</summary>
internal static class OrderAnswers
{
    public static Results<Created<OrderResponse>, Accepted<OrderResponse>, Problem> Placed(OrderView order, HttpContext http)
    {
        var location = $"/v1/orders/{order.Id.Value}";
        return order.Status switch
        {
            OrderStatus.Failed => OfFailure(order),
            OrderStatus.Pending => TypedResults.Accepted(location, OrderResponse.Of(order).WithETag(http)),
            _ => TypedResults.Created(location, OrderResponse.Of(order).WithETag(http)),
        };
    }

    public static Problem OfFailure(OrderView order)
    {
        var failure = order.Failure!;
        return new Problem(Problems.Of(failure.Code.ToString()), Explain(failure))
        {
            TraceId = order.TraceId,
            Facts = new(OrderId: order.Id.Value, DeclineCode: failure.DeclineCode, Sku: failure.Sku?.Value, Available: failure.Available),
        };
    }

    private static string? Explain(OrderFailure failure) => failure switch
    {
        { Sku: { } sku, Available: { } available } =>
            string.Create(CultureInfo.InvariantCulture, $"{available} units of {sku.Value} are available."),
        { DeclineCode: not null } => "Nothing was charged. Use a new Idempotency-Key for another attempt.",
        _ => null,
    };
}
