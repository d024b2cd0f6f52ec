using ActorShop.Orders;

namespace ActorShop.Api.Orders;

/// <summary>The result of an operation on an order.</summary>
/// <param name="Order">The order after the operation.</param>
/// <param name="Refunded">The amount refunded; absent while the operation is in progress.</param>
/// <param name="Credited">The amount credited by a credit note; absent while the operation is in progress.</param>
public sealed record OperationResponse(OrderResponse Order, MoneyBody? Refunded, MoneyBody? Credited) : IVersioned
{
    long IVersioned.Version => Order.Version;
}

/// <summary>What the operations on an order have in common.</summary>
internal static class OrderOperations
{
    /// <summary>Requires a key, and documents the refusals of every operation besides its own.</summary>
    public static RouteHandlerBuilder IsOperation(this RouteHandlerBuilder route, params ProblemKind[] refusals) => route
        .Idempotent()
        .Refuses(
        [
            Problems.OrderNotFound, Problems.Of<OrderRefusal.OrderNotConfirmed>(), Problems.Of<OrderRefusal.AlreadyCancelled>(),
            Problems.PaymentDeclined, Problems.Of<OrderRefusal.OperationInProgress>(), .. refusals,
        ]);

    /// <summary>The answer to an operation on an order.</summary>
    public static Results<Ok<OperationResponse>, Accepted<OperationResponse>, Problem> Render(this OrderOperationResult result, HttpContext http) => result switch
    {
        OrderOperationResult.Done done => TypedResults.Ok(
            new OperationResponse(OrderResponse.Of(done.Order), MoneyBody.Of(done.Refunded), MoneyBody.Of(done.Credited)).WithETag(http)),
        OrderOperationResult.Pending pending => TypedResults.Accepted(
            $"/v1/orders/{pending.Order.Id.Value}", new OperationResponse(OrderResponse.Of(pending.Order), null, null).WithETag(http)),
        OrderOperationResult.Unknown => new Problem(Problems.OrderNotFound),
        OrderOperationResult.Refused refused => OfRefusal(refused.Refusal, refused.Order, isPassing: false),
        OrderOperationResult.Busy busy => OfRefusal(busy.Refusal, busy.Order, isPassing: true),
        OrderOperationResult.NoSuchLine line => new Problem(Problems.NoSuchLine) { Facts = new(Sku: line.Sku.Value, Refundable: line.Refundable) },
        OrderOperationResult.InsufficientStock refused => new Problem(
            Problems.InsufficientStock, string.Create(CultureInfo.InvariantCulture, $"{refused.OnHand} units of {refused.Sku.Value} are on hand."))
        {
            Facts = new(Sku: refused.Sku.Value, OnHand: refused.OnHand),
        },
        OrderOperationResult.ExceedsPaid refused => new Problem(
            Problems.RefundExceedsPaid, "To credit more than was paid for the lines, set creditNote to true.")
        {
            Facts = new(Sku: refused.Sku.Value, RefundableAmount: MoneyBody.Of(refused.Refundable)),
        },
        OrderOperationResult.TotalTooLarge => Problem.OfTotal(),
        OrderOperationResult.CurrencyMismatch refused => OfCurrency(refused),
        OrderOperationResult.Declined declined => new Problem(Problems.PaymentDeclined)
        {
            Facts = new(OrderId: declined.Order.Id.Value, DeclineCode: declined.DeclineCode),
        },
        _ => throw Problems.Unmapped(result),
    };

    private static Problem OfCurrency(OrderOperationResult.CurrencyMismatch refused)
    {
        var member = JsonNamingPolicy.CamelCase.ConvertName(refused.Member);
        var (at, message) = (string.Create(CultureInfo.InvariantCulture, $"/items/{refused.Item}/{member}/currency"), $"Must be {refused.Currency}.");
        return new(Problems.CurrencyMismatch, message) { Errors = [new(at, "invalid_value", message)] };
    }

    private static Problem OfRefusal(OrderRefusal refusal, OrderView order, bool isPassing) =>
        new(Problems.Of(refusal.GetType().Name)) { Facts = new(OrderId: order.Id.Value), IsPassing = isPassing };
}
