namespace ActorShop.Payments;

/// <summary>Addresses payments.</summary>
public static class PaymentGrainExtensions
{
    /// <summary>The payment with an id.</summary>
    public static IPaymentGrain Payment(this IGrainFactory grains, PaymentId id) => grains.GetGrain<IPaymentGrain>(id.Value);
}
