namespace ActorShop.Carts;

[GenerateSerializer, Immutable, Alias("carts.cart-view")]
public sealed record CartView(
    CartId Id, string Currency, CartStatus Status, ImmutableArray<Line> Items, Totals Totals, OrderId? Order, string? ExternalId,
    DateTimeOffset CreatedAt, long Version);
