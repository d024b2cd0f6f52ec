namespace ActorShop.Payments;

/// <summary>A committed payment.</summary>
[GenerateSerializer, Immutable, Alias("payments.payment-view")]
public sealed record PaymentView(
    PaymentId Id, OrderId Order, OrderTender Tender, PaymentStatus Status, Money Authorised, Money Captured, Money Refunded,
    ImmutableArray<PaymentOperationView> Operations, long Version);
