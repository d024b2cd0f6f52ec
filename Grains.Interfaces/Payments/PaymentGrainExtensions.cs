namespace ActorShop.Payments;

public static class PaymentGrainExtensions
{
    public static IPaymentGrain Payment(this IGrainFactory grains, PaymentId id) => grains.GetGrain<IPaymentGrain>(id.Value);
}
