namespace ActorShop;

/// <param name="LineTotal">Quantity times price, rounded once.</param>
[GenerateSerializer, Immutable, Alias("orders.line")]
public sealed record Line(Sku Sku, string Name, int Quantity, Money UnitPrice, Money LineTotal)
{
    /// <summary>The most units of a line.</summary>
    public const int MaxQuantity = 100_000;

    /// <summary>The most lines of a cart, an order or a refund.</summary>
    public const int MaxCount = 2_000;

    public static Line Of(Sku sku, string name, int quantity, Money unitPrice) =>
        new(sku, name, quantity, unitPrice, unitPrice * quantity);
}
