using ActorShop.Payments;

namespace ActorShop.Api.Payments;

/// <summary>A payment.</summary>
/// <param name="Id">The id.</param>
/// <param name="OrderId">The order of the payment.</param>
/// <param name="Tender">The means of payment.</param>
/// <param name="Status">The status of the payment.</param>
/// <param name="Authorised">The authorised amount.</param>
/// <param name="Captured">The captured amount.</param>
/// <param name="Refunded">The refunded amount.</param>
/// <param name="Operations">The operations at the payment provider, in order.</param>
/// <param name="Version">The version, which is also the ETag.</param>
public sealed record PaymentResponse(
    string Id, string OrderId, OrderTender Tender, PaymentStatus Status, MoneyBody Authorised, MoneyBody Captured, MoneyBody Refunded,
    IReadOnlyList<PaymentOperationResponse> Operations, long Version) : IVersioned
{
    internal static PaymentResponse Of(PaymentView payment) => new(
        payment.Id.Value, payment.Order.Value, payment.Tender, payment.Status, MoneyBody.Of(payment.Authorised),
        MoneyBody.Of(payment.Captured), MoneyBody.Of(payment.Refunded),
        [.. payment.Operations.Select(PaymentOperationResponse.Of)], payment.Version);
}

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
