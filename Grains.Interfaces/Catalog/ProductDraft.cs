namespace ActorShop.Catalog;

/// <summary>What a merchant says of a product.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Description">At most 10,000 characters.</param>
/// <param name="Category">The code of a category, or null.</param>
/// <param name="Attributes">At most 50; names of 1 to 64 and values of at most 500 characters.</param>
/// <param name="Variants">At least one, at most 100; their SKUs differ.</param>
/// <param name="ExternalId">The merchant's own id, unique among products, or null.</param>
[GenerateSerializer, Immutable, Alias("catalog.product-draft")]
public sealed record ProductDraft(
    string Name, string Description, string? Category, ImmutableSortedDictionary<string, string> Attributes,
    ImmutableArray<VariantDraft> Variants, string? ExternalId);

/// <summary>One way in which a product is sold.</summary>
/// <param name="Sku">The SKU: a product keeps it for ever.</param>
/// <param name="Prices">Per currency; at least one; amounts of zero and above.</param>
/// <param name="Options">What sets the variant apart, such as size and colour.</param>
[GenerateSerializer, Immutable, Alias("catalog.variant-draft")]
public sealed record VariantDraft(
    Sku Sku, ImmutableArray<Money> Prices, ImmutableSortedDictionary<string, string> Options);

/// <summary>A product as committed.</summary>
[GenerateSerializer, Immutable, Alias("catalog.product-view")]
public sealed record ProductView(
    ProductId Id, string Name, string Description, string? Category, ImmutableSortedDictionary<string, string> Attributes,
    ImmutableArray<VariantDraft> Variants, string? ExternalId, bool Archived, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    long Version);

/// <summary>A category as committed.</summary>
[GenerateSerializer, Immutable, Alias("catalog.category-view")]
public sealed record CategoryView(string Code, string Name, bool Archived, long Version);

/// <summary>What a SKU sells for.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Product">The product it belongs to.</param>
/// <param name="Name">The name as it stands on a line of a cart.</param>
/// <param name="Prices">Per currency.</param>
/// <param name="Active">Whether it can be put into carts.</param>
/// <param name="ProductVersion">The version of the product that said so.</param>
[GenerateSerializer, Immutable, Alias("catalog.offer-view")]
public sealed record Offer(
    Sku Sku, ProductId Product, string Name, ImmutableArray<Money> Prices, bool Active, long ProductVersion)
{
    /// <summary>The price in a currency; null where there is none.</summary>
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

/// <summary>The answers of <see cref="IProductGrain.PutAsync"/> and <see cref="IProductGrain.ArchiveAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("catalog.put-product-result")]
public abstract record PutProductResult
{
    private PutProductResult()
    {
    }

    /// <summary>The product says so now.</summary>
    /// <param name="Product">The product after the change.</param>
    /// <param name="Created">Whether it is new.</param>
    [GenerateSerializer, Immutable, Alias("catalog.put-product-result.stored")]
    public sealed record Stored(ProductView Product, bool Created) : PutProductResult;

    /// <summary>The caller saw another version.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-product-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : PutProductResult;

    /// <summary>A SKU of the draft belongs to another product.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-product-result.sku-taken")]
    public sealed record SkuTaken(Sku Sku, ProductId Product) : PutProductResult;

    /// <summary>The category does not exist or is archived.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-product-result.unknown-category")]
    public sealed record UnknownCategory(string Category) : PutProductResult;

    /// <summary>The external id belongs to another product.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-product-result.external-id-taken")]
    public sealed record ExternalIdTaken(ProductId Product) : PutProductResult;

    /// <summary>There is no such product.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-product-result.unknown")]
    public sealed record Unknown : PutProductResult;
}

/// <summary>The answers of <see cref="ICategoryGrain.PutAsync"/> and <see cref="ICategoryGrain.ArchiveAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("catalog.put-category-result")]
public abstract record PutCategoryResult
{
    private PutCategoryResult()
    {
    }

    /// <summary>The category says so now.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-category-result.stored")]
    public sealed record Stored(CategoryView Category, bool Created) : PutCategoryResult;

    /// <summary>The caller saw another version.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-category-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : PutCategoryResult;

    /// <summary>There is no such category.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-category-result.unknown")]
    public sealed record Unknown : PutCategoryResult;
}
