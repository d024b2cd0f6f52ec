namespace ActorShop;

/// <param name="LineTotal">Quantity times price, rounded once.</param>
/// <param name="Discounts">What comes off the line total; null for nothing.</param>
/// <param name="Taxes">The tax of the line: within the line total or on top of it, as <see cref="Totals"/> say; null for nothing.</param>
/// <param name="Product">The product of the SKU, where a cart was read with its offers; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("orders.line")]
public sealed record Line(
    Sku Sku, string Name, int Quantity, Money UnitPrice, Money LineTotal, Money? Discounts = null, Money? Taxes = null, ProductId? Product = null)
{
    /// <summary>The most units of a line.</summary>
    public const int MaxQuantity = 100_000;

    /// <summary>The most lines of a cart, an order or a refund.</summary>
    public const int MaxCount = 2_000;

    /// <summary>What is paid for the line, in minor units.</summary>
    public long Paid(bool taxInclusive) => LineTotal.Amount - (Discounts?.Amount ?? 0) + (taxInclusive ? 0 : Taxes?.Amount ?? 0);

    public static Line Of(Sku sku, string name, int quantity, Money unitPrice) =>
        new(sku, name, quantity, unitPrice, unitPrice * quantity);
}
