using ActorShop.Payments;

namespace ActorShop.Api.Payments;

/// <summary>An operation of a payment.</summary>
/// <param name="Key">The idempotency key at the payment provider.</param>
/// <param name="Kind"><c>authorise</c>, <c>capture</c>, <c>refund</c> or <c>void</c>.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Outcome"><c>done</c>, <c>declined</c> or <c>unknown</c>.</param>
/// <param name="Code">The payment provider's decline code.</param>
/// <param name="At">When the outcome was recorded.</param>
public sealed record PaymentOperationResponse(
    string Key, string Kind, MoneyBody Amount, string Outcome, string? Code, DateTimeOffset At)
{
    internal static PaymentOperationResponse Of(PaymentOperationView operation) => new(
        operation.Key, operation.Kind, MoneyBody.Of(operation.Amount), operation.Outcome, operation.Code, operation.At);
}
