namespace ActorShop.Api;

/// <summary>Units of a SKU to be refunded.</summary>
/// <param name="Sku">A SKU of the order.</param>
/// <param name="Quantity">The units.</param>
/// <param name="UnitPrice">The refund per unit. Defaults to the price paid.</param>
/// <param name="Restock">Whether the units return to stock.</param>
public sealed record RefundItemBody(
    [Sku] string Sku, [Range(1, Line.MaxQuantity)] int Quantity, PriceBody? UnitPrice = null, bool Restock = false)
{
    internal RefundItem ToItem() => new(ActorShop.Sku.From(Sku), Quantity, UnitPrice?.ToMoney(), Restock);

    internal static RefundItemBody Of(RefundItem item) =>
        new(item.Sku.Value, item.Quantity, item.UnitPrice is { } price ? PriceBody.Of(price) : null, item.Restock);
}
