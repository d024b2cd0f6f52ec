using ActorShop.Api.Access;

namespace ActorShop.Api.Payments;

internal static class PaymentEndpoints
{
    public static void MapAdminPayments(this IEndpointRouteBuilder routes) => GetPayment.Map(routes.MapGroup("/payments")
        .WithTags("Payments (admin)")
        .RequireScope(Scopes.Orders)
        .WithIds(PaymentId.Prefix, Problems.PaymentNotFound));
}
