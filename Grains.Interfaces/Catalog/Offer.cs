namespace ActorShop.Catalog;

/// <summary>The name and the prices of a SKU.</summary>
/// <param name="Name">The name as it stands on a line of a cart.</param>
/// <param name="Active">Whether it can be put into carts.</param>
/// <param name="ProductVersion">The version of the product that it comes from.</param>
[GenerateSerializer, Immutable, Alias("catalog.offer-view")]
public sealed record Offer(
    Sku Sku, ProductId Product, string Name, ImmutableArray<Money> Prices, bool Active, long ProductVersion)
{
    /// <summary>The price in a currency; null if there is none.</summary>
    public Money? PriceIn(string currency)
    {
        foreach (var price in Prices)
        {
            if (string.Equals(price.Currency, currency, StringComparison.Ordinal))
            {
                return price;
            }
        }

        return null;
    }
}
