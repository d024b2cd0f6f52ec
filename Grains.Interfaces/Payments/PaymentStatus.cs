namespace ActorShop.Payments;

[GenerateSerializer, Alias("orders.payment-status")]
public enum PaymentStatus
{
    None,
    Authorised,

    /// <summary>The money is captured, or was paid elsewhere.</summary>
    Captured,
    PartiallyRefunded,
    Refunded,
    Declined,
    Voided,
}
