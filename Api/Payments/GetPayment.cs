using ActorShop.Payments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Payments;

internal static class GetPayment
{
    public static void Map(IEndpointRouteBuilder payments) => payments.MapGet("/{id}", HandleAsync)
        .WithSummary("Read a payment with its provider operations")
        .Refuses(Problems.PaymentNotFound);

    private static async Task<Results<Ok<PaymentResponse>, Problem>> HandleAsync(string id, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Payment(new PaymentId(id)).GetAsync() is not { } payment)
        {
            return new Problem(Problems.PaymentNotFound);
        }

        http.SetETag(payment.Version);
        return TypedResults.Ok(PaymentResponse.Of(payment));
    }
}
