namespace ActorShop.Orders;

/// <summary>The units wanted of a SKU.</summary>
internal sealed record Demand(Sku Sku, int Quantity);
