namespace ActorShop.Inventory;

public static class StockGrainExtensions
{
    public static IStockGrain Stock(this IGrainFactory grains, Sku sku) => grains.GetGrain<IStockGrain>($"sku/{sku.Value}");
}
