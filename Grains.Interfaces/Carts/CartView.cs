namespace ActorShop.Carts;

/// <param name="Items">The lines: of a read at the offers' current prices, of a change at the prices that the cart stores.</param>
/// <param name="PricedAt">When the offers were read; null where they were not.</param>
/// <param name="PriceChanges">The lines whose current price is not the one that the cart stores.</param>
[GenerateSerializer, Immutable, Alias("carts.cart-view")]
public sealed record CartView(
    CartId Id, string Currency, CartStatus Status, ImmutableArray<Line> Items, Totals Totals, OrderId? Order, string? ExternalId,
    DateTimeOffset CreatedAt, long Version, DateTimeOffset? PricedAt, ImmutableArray<PriceChange> PriceChanges);
