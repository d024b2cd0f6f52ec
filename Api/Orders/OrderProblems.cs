using ActorShop.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

/// <summary>The problems of orders.</summary>
internal static class OrderProblems
{
    /// <summary>The problem of a failed order.</summary>
    public static Problem OfFailure(OrderView order)
    {
        var failure = order.Failure!;
        return new Problem(Problems.OfFailure(failure.Code), Explain(failure))
        {
            Facts = new()
            {
                OrderId = order.Id.Value,
                DeclineCode = failure.DeclineCode,
                Sku = failure.Sku?.Value,
                Available = failure.Available,
            },
        };
    }

    /// <summary>The answer to an operation on an order.</summary>
    public static Results<Ok<OperationResponse>, Accepted<OperationResponse>, Problem> Render(this OrderOperationResult result, HttpContext http)
    {
        switch (result)
        {
            case OrderOperationResult.Done done:
                http.SetETag(done.Order.Version);
                return TypedResults.Ok(new OperationResponse(
                    OrderResponse.Of(done.Order), MoneyBody.Of(done.Refunded), MoneyBody.Of(done.Credited)));

            case OrderOperationResult.Pending pending:
                http.SetETag(pending.Order.Version);
                return TypedResults.Accepted(
                    $"/v1/orders/{pending.Order.Id.Value}", new OperationResponse(OrderResponse.Of(pending.Order), null, null));

            case OrderOperationResult.Unknown:
                return new Problem(Problems.OrderNotFound);

            case OrderOperationResult.Refused refused:
                return new Problem(Problems.OfRefusal(refused.Refusal)) { Facts = new() { OrderId = refused.Order.Id.Value } };

            case OrderOperationResult.Busy busy:
                return new Problem(Problems.OfRefusal(busy.Refusal))
                {
                    Facts = new() { OrderId = busy.Order.Id.Value },
                    IsPassing = true,
                };

            case OrderOperationResult.NoSuchLine line:
                return new Problem(Problems.NoSuchLine)
                {
                    Facts = new() { Sku = line.Sku.Value, Refundable = line.Refundable },
                };

            case OrderOperationResult.Declined declined:
                return new Problem(Problems.PaymentDeclined)
                {
                    Facts = new() { OrderId = declined.Order.Id.Value, DeclineCode = declined.DeclineCode },
                };

            default:
                throw Problems.Unmapped(result);
        }
    }

    private static string? Explain(OrderFailure failure) => failure switch
    {
        { Sku: { } sku, Available: { } available } =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{available} units of {sku.Value} are available."),
        { DeclineCode: not null } => "Nothing was charged. Use a new Idempotency-Key for another attempt.",
        _ => null,
    };
}
