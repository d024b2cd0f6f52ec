namespace ActorShop.Reporting;

[GenerateSerializer, Immutable, Alias("reporting.order-summary")]
public sealed record OrderSummary(
    OrderId Id, Orders.OrderStatus Status, Money Total, int Lines, string? CustomerId, string? ExternalId, CartId? Cart,
    DateTimeOffset PlacedAt, string Number = "");
