using ActorShop.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

/// <summary>The refusals of orders, with their facts.</summary>
internal static class OrderProblems
{
    /// <summary>Why an order failed, as an answer.</summary>
    public static Problem OfFailure(OrderView order)
    {
        var failure = order.Failure;
        return new Problem(failure is null ? Problems.Refused : Problems.OfFailure(failure.Code), Explain(failure))
        {
            Facts = new ProblemFacts
            {
                OrderId = order.Id.Value,
                DeclineCode = failure?.DeclineCode,
                Sku = failure?.Sku?.Value,
                Available = failure?.Available,
            },
        };
    }

    /// <summary>What became of an operation on an order.</summary>
    public static Results<Ok<OperationResponse>, Accepted<OperationResponse>, Problem> Render(this OrderOperationResult result, HttpContext http)
    {
        switch (result)
        {
            case OrderOperationResult.Done done:
                http.SetEntityTag(done.Order.Version);
                return TypedResults.Ok(new OperationResponse(
                    OrderResponse.Of(done.Order), MoneyBody.Of(done.Refunded), MoneyBody.Of(done.Credited)));

            case OrderOperationResult.Pending pending:
                http.SetEntityTag(pending.Order.Version);
                return TypedResults.Accepted(
                    $"/v1/orders/{pending.Order.Id.Value}", new OperationResponse(OrderResponse.Of(pending.Order), null, null));

            case OrderOperationResult.Unknown:
                return new Problem(Problems.OrderNotFound);

            case OrderOperationResult.Refused refused:
                return new Problem(Problems.OfRefusal(refused.Refusal)) { Facts = new ProblemFacts { OrderId = refused.Order.Id.Value } };

            case OrderOperationResult.Busy busy:
                return new Problem(Problems.OfRefusal(busy.Refusal))
                {
                    Facts = new ProblemFacts { OrderId = busy.Order.Id.Value },
                    IsPassing = true,
                };

            case OrderOperationResult.NoSuchLine line:
                return new Problem(Problems.NoSuchLine)
                {
                    Facts = new ProblemFacts { Sku = line.Sku.Value, Refundable = line.Refundable },
                };

            case OrderOperationResult.Declined declined:
                return new Problem(Problems.PaymentDeclined)
                {
                    Facts = new ProblemFacts { OrderId = declined.Order.Id.Value, DeclineCode = declined.DeclineCode },
                };

            default:
                throw Problems.Unmapped(result);
        }
    }

    private static string? Explain(OrderFailure? failure) => failure switch
    {
        { Sku: { } sku, Available: { } available } =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{available} of {sku.Value} can be had."),
        { DeclineCode: not null } => "Nothing was charged. Use a new Idempotency-Key for another attempt.",
        _ => null,
    };
}

/// <summary>What became of an operation on an order.</summary>
/// <param name="Order">The order after it.</param>
/// <param name="Refunded">What the operation gave back; absent while it goes on.</param>
/// <param name="Credited">What the operation made a credit note of; absent while it goes on.</param>
public sealed record OperationResponse(OrderResponse Order, MoneyBody? Refunded, MoneyBody? Credited);
