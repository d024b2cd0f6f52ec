namespace ActorShop.Catalog;

[GenerateSerializer, Immutable, Alias("catalog.put-product-result")]
public abstract record PutProductResult
{
    private PutProductResult()
    {
    }

    [GenerateSerializer, Immutable, Alias("catalog.put-product-result.stored")]
    public sealed record Stored(ProductView Product, bool Created) : PutProductResult;

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

    [GenerateSerializer, Immutable, Alias("catalog.put-product-result.unknown")]
    public sealed record Unknown : PutProductResult;
}
