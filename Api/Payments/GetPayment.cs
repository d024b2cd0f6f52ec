using ActorShop.Orders;

namespace ActorShop.Api.Payments;

internal static class GetPayment
{
    public static void Map(IEndpointRouteBuilder payments) => payments
        .MapRead("/{id}", Problems.PaymentNotFound, static (grains, id) => grains.Order(OrderOf(id)).GetPaymentAsync(), PaymentResponse.Of)
        .WithSummary("Read a payment with its provider operations");

    // The payment of an order has the same digits.
    private static OrderId OrderOf(string id) => new(OrderId.Prefix + id[PaymentId.Prefix.Length..]);
}
