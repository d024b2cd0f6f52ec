using ActorShop.Payments;

namespace ActorShop.Api.Payments;

internal static class GetPayment
{
    public static void Map(IEndpointRouteBuilder payments) => payments
        .MapRead("/{id}", Problems.PaymentNotFound, static (grains, id) => grains.Payment(new PaymentId(id)).GetAsync(), PaymentResponse.Of)
        .WithSummary("Read a payment with its provider operations");
}
