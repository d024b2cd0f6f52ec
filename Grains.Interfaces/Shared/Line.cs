namespace ActorShop;

/// <param name="LineTotal">Quantity times price, rounded once.</param>
[GenerateSerializer, Immutable, Alias("orders.line")]
public sealed record Line(Sku Sku, string Name, int Quantity, Money UnitPrice, Money LineTotal)
{
    public static Line Of(Sku sku, string name, int quantity, Money unitPrice) =>
        new(sku, name, quantity, unitPrice, unitPrice * quantity);
}
