namespace ActorShop;

/// <summary>Units of a SKU that come back, money for them, or both: the two are counted separately.</summary>
/// <param name="Quantity">Units; 0 where only money is refunded.</param>
/// <param name="UnitPrice">The refund per unit.</param>
/// <param name="Amount">The refund of the item. Without it and without a unit price, the units are worth what was paid for them.</param>
[GenerateSerializer, Immutable, Alias("orders.refund-item")]
public sealed record RefundItem(Sku Sku, int Quantity, Money? UnitPrice, bool Restock, Money? Amount = null);
