namespace ActorShop.Inventory;

/// <summary>Addresses stock.</summary>
public static class StockGrainExtensions
{
    /// <summary>The stock of a SKU.</summary>
    public static IStockGrain Stock(this IGrainFactory grains, Sku sku) => grains.GetGrain<IStockGrain>($"sku/{sku.Value}");
}
