namespace ActorShop;

/// <param name="Quantity">Units, at least one.</param>
/// <param name="UnitPrice">The refund per unit; null for the price that was paid.</param>
[GenerateSerializer, Immutable, Alias("orders.refund-item")]
public sealed record RefundItem(Sku Sku, int Quantity, Money? UnitPrice, bool Restock);
