namespace ActorShop.Payments;

[GenerateSerializer, Immutable, Alias("payments.payment-view")]
public sealed record PaymentView(
    PaymentId Id, OrderId Order, OrderTender Tender, PaymentStatus Status, Money Authorised, Money Captured, Money Refunded,
    ImmutableArray<PaymentOperationView> Operations, long Version);
