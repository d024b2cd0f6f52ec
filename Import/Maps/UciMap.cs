namespace ActorShop.Import.Maps;

/// <summary>The catalogue derived from UCI's Online Retail: prices in minor units, one product per SKU.</summary>
/// <remarks>
/// Carriage, fees, discounts and manual lines have no stock. They and SKUs that never had a price are not for sale, since only
/// documents name them. The name of a SKU without one is its code.
/// </remarks>
internal sealed class UciMap : ProductMap
{
    public override string Name => "uci";

    protected override string[] Read => ["StockCode", "Kind", "ModalPriceMinor", "Description", "Currency", "BaseCode", "VariantSuffix"];

    protected override string[] LeftOut =>
    [
        "MinPriceMinor", "MaxPriceMinor", "DistinctPrices", "UnitsSold", "UnitsCancelled", "UnitsAdjusted", "Lines", "Invoices", "Customers",
        "FirstSeen", "LastSeen", "InitialStockNeeded",
    ];

    protected override string[] Prices => [];

    protected override string[] Counts => ["ModalPriceMinor"];

    public override bool Recognises(IReadOnlySet<string> columns) => columns.IsSupersetOf(["StockCode", "Kind", "ModalPriceMinor"]);

    public override ImportProduct Map(IReadOnlyList<SourceRow> rows, ReadingContext context)
    {
        var row = rows[0];
        var sku = row.Sku("StockCode");
        var isProduct = row.Required("Kind") is "product";
        var price = row.Count("ModalPriceMinor");
        context.AssumesCurrency |= price > 0 && row.Text("Currency") is null;
        return new ImportProduct(
            sku, IsIdStated: true, row.Text("Description") ?? sku, Description: null, Category: null,
            row.Some(["BaseCode", "Kind"], static name => name is "Kind" ? "kind" : "base-code"),
            [
                new ImportVariant(
                    sku, new Money(price ?? 0, row.Text("Currency") ?? context.Settings.Currency),
                    row.Some(["VariantSuffix"], static _ => "variant"), isProduct ? Opening(row, null, context.Settings) : null,
                    isProduct ? ImportVariant.Tracked : ImportVariant.Untracked),
            ],
            IsForSale: isProduct && price > 0);
    }
}
