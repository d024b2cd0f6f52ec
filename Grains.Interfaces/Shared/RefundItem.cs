namespace ActorShop;

/// <summary>Units of a SKU to be refunded.</summary>
/// <param name="Sku">A SKU of the order.</param>
/// <param name="Quantity">Units, at least one.</param>
/// <param name="UnitPrice">The refund per unit; null for the price that was paid.</param>
/// <param name="Restock">Whether the units return to stock.</param>
[GenerateSerializer, Immutable, Alias("orders.refund-item")]
public sealed record RefundItem(Sku Sku, int Quantity, Money? UnitPrice, bool Restock);
