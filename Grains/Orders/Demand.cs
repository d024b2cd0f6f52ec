namespace ActorShop.Orders;

internal sealed record Demand(Sku Sku, int Quantity);
