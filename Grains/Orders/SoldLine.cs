namespace ActorShop.Orders;

/// <summary>Units of a SKU that were sold, and for how much.</summary>
internal sealed record SoldLine(Sku Sku, int Quantity, Money LineTotal);
