using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>A product.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">The description.</param>
/// <param name="Category">The code of the category.</param>
/// <param name="Attributes">The attributes by name.</param>
/// <param name="Variants">The variants.</param>
/// <param name="ExternalId">The merchant's id.</param>
/// <param name="Archived">Whether the product is archived.</param>
/// <param name="CreatedAt">When the product was created.</param>
/// <param name="UpdatedAt">When the product last changed.</param>
/// <param name="Version">The version, which is also the ETag.</param>
public sealed record ProductResponse(
    string Id, string Name, string Description, string? Category, IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<VariantResponse> Variants, string? ExternalId, bool Archived, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    internal static ProductResponse Of(ProductView product) => new(
        product.Id.Value, product.Name, product.Description, product.Category, product.Attributes,
        [.. product.Variants.Select(VariantResponse.Of)], product.ExternalId, product.Archived, product.CreatedAt, product.UpdatedAt,
        product.Version);
}

/// <summary>A variant of a product.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Price">The first price.</param>
/// <param name="Prices">The prices, one per currency.</param>
/// <param name="Options">The options of this variant.</param>
public sealed record VariantResponse(
    string Sku, MoneyBody Price, IReadOnlyList<MoneyBody> Prices, IReadOnlyDictionary<string, string> Options)
{
    internal static VariantResponse Of(VariantDraft variant) => new(
        variant.Sku.Value, MoneyBody.Of(variant.Prices[0]), [.. variant.Prices.Select(MoneyBody.Of)], variant.Options);
}

internal static class ProductAnswers
{
    public static Results<Created<ProductResponse>, Ok<ProductResponse>, Problem> Render(this PutProductResult result, HttpContext http) => result switch
    {
        PutProductResult.Stored { Created: true, Product: var product } =>
            TypedResults.Created($"/v1/products/{product.Id.Value}", ProductResponse.Of(product).WithETag(http)),
        PutProductResult.Stored stored => TypedResults.Ok(ProductResponse.Of(stored.Product).WithETag(http)),
        PutProductResult.VersionMismatch mismatch => IfMatch.Mismatch(mismatch.Current),
        PutProductResult.SkuTaken taken => new Problem(Problems.SkuTaken)
        {
            Facts = new(Sku: taken.Sku.Value, ProductId: taken.Product.Value),
        },
        PutProductResult.ExternalIdTaken taken => new Problem(Problems.ExternalIdTaken) { Facts = new(ProductId: taken.Product.Value) },
        PutProductResult.UnknownCategory => new Problem(Problems.UnknownCategory),
        PutProductResult.Unknown => new Problem(Problems.ProductNotFound),
        _ => throw Problems.Unmapped(result),
    };
}
