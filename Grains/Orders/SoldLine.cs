namespace ActorShop.Orders;

internal sealed record SoldLine(Sku Sku, int Quantity, Money LineTotal);
