using ActorShop.Payments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Payments;

internal static class GetPayment
{
    public static void Map(IEndpointRouteBuilder payments) => payments.MapGet("/{id}", HandleAsync)
        .WithSummary("Read a payment with its provider operations")
        .Refuses(Problems.PaymentNotFound);

    private static async Task<Results<Ok<PaymentResponse>, StatusCodeHttpResult, Problem>> HandleAsync(
        string id, HttpContext http, IGrainFactory grains) =>
        http.Render(await grains.Payment(new PaymentId(id)).GetAsync(), static payment => payment.Version, PaymentResponse.Of, Problems.PaymentNotFound);
}
