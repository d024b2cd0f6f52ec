using ActorShop.Api.Access;
using ActorShop.Payments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Payments;

/// <summary>HTTP routes under <c>/v1/admin/payments</c>.</summary>
internal static class PaymentEndpoints
{
    public static void MapAdminPayments(this IEndpointRouteBuilder routes)
    {
        var payments = routes.MapGroup("/payments")
            .WithTags("Payments (admin)")
            .RequireScope(Scopes.Orders)
            .WithIds(PaymentId.Prefix, Problems.PaymentNotFound);

        payments.MapGet("/{id}", GetPayment)
            .WithSummary("Read a payment with everything that was asked of the provider")
            .Refuses(Problems.PaymentNotFound);
    }

    private static async Task<Results<Ok<PaymentResponse>, Problem>> GetPayment(string id, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Payment(new PaymentId(id)).GetAsync() is not { } payment)
        {
            return new Problem(Problems.PaymentNotFound);
        }

        http.SetEntityTag(payment.Version);
        return TypedResults.Ok(PaymentResponse.Of(payment));
    }
}

/// <summary>A payment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrderId">The order that is paid.</param>
/// <param name="Tender">What pays.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Authorised">What is or was held.</param>
/// <param name="Captured">What was taken.</param>
/// <param name="Refunded">What went back.</param>
/// <param name="Operations">What was asked of the provider, in order.</param>
/// <param name="Version">The number of its changes; the ETag.</param>
public sealed record PaymentResponse(
    string Id, string OrderId, OrderTender Tender, PaymentStatus Status, MoneyBody Authorised, MoneyBody Captured, MoneyBody Refunded,
    IReadOnlyList<PaymentOperationResponse> Operations, long Version)
{
    internal static PaymentResponse Of(PaymentView payment) => new(
        payment.Id.Value, payment.Order.Value, payment.Tender, payment.Status, MoneyBody.Of(payment.Authorised),
        MoneyBody.Of(payment.Captured), MoneyBody.Of(payment.Refunded),
        [.. payment.Operations.Select(PaymentOperationResponse.Of)], payment.Version);
}

/// <summary>One operation of a payment.</summary>
/// <param name="Key">Its key, here and at the provider.</param>
/// <param name="Kind"><c>authorise</c>, <c>capture</c>, <c>refund</c> or <c>void</c>.</param>
/// <param name="Amount">How much.</param>
/// <param name="Outcome"><c>done</c>, <c>declined</c> or <c>unknown</c>.</param>
/// <param name="Code">The provider's word, where it declined.</param>
/// <param name="At">When the outcome was recorded.</param>
public sealed record PaymentOperationResponse(
    string Key, string Kind, MoneyBody Amount, string Outcome, string? Code, DateTimeOffset At)
{
    internal static PaymentOperationResponse Of(PaymentOperationView operation) => new(
        operation.Key, operation.Kind, MoneyBody.Of(operation.Amount), operation.Outcome, operation.Code, operation.At);
}
