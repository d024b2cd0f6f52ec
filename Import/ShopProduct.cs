namespace ActorShop.Import;

/// <summary>A product as the shop stores it: what <c>GET</c> answers, and what <c>POST</c> and <c>PUT</c> take.</summary>
public sealed record ShopProduct(
    string Name, ImmutableArray<ShopVariant> Variants, string? Description = null, string? Category = null,
    ImmutableSortedDictionary<string, string>? Attributes = null, string? ExternalId = null, bool Archived = false)
{
    /// <summary>Changes what the file says, and nothing else. Without a stored product, makes a new one.</summary>
    /// <param name="said">What the file says.</param>
    /// <param name="category">The code of the category; null says nothing, an empty text clears it.</param>
    /// <param name="stored">The product in the shop.</param>
    /// <param name="restore">Whether a product for sale is restored if it is archived.</param>
    /// <exception cref="RowException">A member that a new product or variant needs is missing.</exception>
    public static ShopProduct Merge(CatalogueItem.Accepted said, string? category, ShopProduct? stored, bool restore = false)
    {
        var product = said.Product;
        var variants = (stored?.Variants ?? []).ToDictionary(static variant => variant.Sku, StringComparer.Ordinal);
        return new ShopProduct(
            product.Name ?? stored?.Name ?? throw Missing("name"),
            [
                .. (stored?.Variants ?? []).Select(variant => product.Variants.FirstOrDefault(said => Same(said.Sku, variant.Sku)) is { } change
                    ? variant.With(change) : variant),
                .. product.Variants.Where(variant => !variants.ContainsKey(variant.Sku)).Select(variant =>
                    new ShopVariant(variant.Sku, [], null).With(variant.Price is null ? throw Missing("price") : variant)),
            ],
            Said(product.Description, stored?.Description),
            Said(category, stored?.Category),
            Changed(stored?.Attributes, product.Attributes),
            stored is null ? product.ExternalId : stored.ExternalId,
            product.IsForSale is false || (stored?.Archived == true && !(restore && product.IsForSale is not false)));

        RowException Missing(string what) => new(said.Line, $"{what} is missing" + (stored is null
            ? $": the shop has no product '{product.ExternalId}'"
            : ": the product has no such variant"));
    }

    /// <summary>Whether two products say the same; the order of attributes and options makes no difference.</summary>
    public bool IsSame(ShopProduct other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Same(Name, other.Name) && Same(Description ?? string.Empty, other.Description ?? string.Empty)
            && Same(Category, other.Category) && Same(ExternalId, other.ExternalId) && Archived == other.Archived
            && AreSame(Attributes, other.Attributes)
            && Variants.Length == other.Variants.Length && Variants.Zip(other.Variants).All(static pair =>
                Same(pair.First.Sku, pair.Second.Sku) && pair.First.Prices.SequenceEqual(pair.Second.Prices)
                && AreSame(pair.First.Options, pair.Second.Options));
    }

    internal static ImmutableSortedDictionary<string, string> Changed(
        ImmutableSortedDictionary<string, string>? stored, ImmutableSortedDictionary<string, string> said) =>
        said.Aggregate(
            (stored ?? ImmutableSortedDictionary<string, string>.Empty).WithComparers(StringComparer.Ordinal),
            static (all, text) => text.Value.Length == 0 ? all.Remove(text.Key) : all.SetItem(text.Key, text.Value));

    private static string? Said(string? said, string? stored) => said switch { null => stored, "" => null, _ => said };

    private static bool AreSame(ImmutableSortedDictionary<string, string>? one, ImmutableSortedDictionary<string, string>? other) =>
        (one?.Count ?? 0) == (other?.Count ?? 0) && (one ?? ImmutableSortedDictionary<string, string>.Empty).All(text => Same(other!.GetValueOrDefault(text.Key), text.Value));

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);
}

public sealed record ShopVariant(string Sku, ImmutableArray<Money> Prices, ImmutableSortedDictionary<string, string>? Options)
{
    internal ShopVariant With(ImportVariant said) => this with
    {
        Prices = said.Price is not { } price ? Prices
            : Prices.Any(other => SameCurrency(other, price)) ? [.. Prices.Select(other => SameCurrency(other, price) ? price : other)]
            : Prices.Add(price),
        Options = ShopProduct.Changed(Options, said.Options),
    };

    private static bool SameCurrency(Money one, Money other) => string.Equals(one.Currency, other.Currency, StringComparison.Ordinal);
}
