using ActorShop.Catalog;
using ActorShop.Reporting;

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
    long Version)
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

/// <summary>A page of products.</summary>
/// <param name="Data">The products.</param>
/// <param name="HasMore">Whether there are more items.</param>
/// <param name="NextCursor">The cursor of the next page; absent on the last page.</param>
/// <param name="Facets">Counts of the matching products.</param>
/// <param name="LagSeconds">The age of the list in seconds; absent when it is current.</param>
public sealed record ProductListResponse(
    IReadOnlyList<ProductSummaryResponse> Data, bool HasMore, string? NextCursor, FacetsResponse Facets, double? LagSeconds);

/// <summary>Counts of the matching products.</summary>
/// <param name="Categories">Counts by category.</param>
public sealed record FacetsResponse(IReadOnlyList<FacetResponse> Categories);

/// <summary>A value and its count.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">The number of products.</param>
public sealed record FacetResponse(string Value, int Count);

/// <summary>A product in a list.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Category">The code of the category.</param>
/// <param name="Skus">The SKUs of the variants.</param>
/// <param name="PriceFrom">The lowest price in the requested currency; absent without a price in it.</param>
/// <param name="InStock">Whether a variant is in stock.</param>
/// <param name="CreatedAt">When the product was created.</param>
public sealed record ProductSummaryResponse(
    string Id, string Name, string? Category, IReadOnlyList<string> Skus, MoneyBody? PriceFrom, bool InStock, DateTimeOffset CreatedAt)
{
    internal static ProductSummaryResponse Of(ProductSummary product) => new(
        product.Id.Value, product.Name, product.Category, [.. product.Skus.Select(static sku => sku.Value)],
        product.PriceFrom is { } price ? MoneyBody.Of(price) : null, product.InStock, product.CreatedAt);
}

/// <summary>A category.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">The name.</param>
/// <param name="Archived">Whether the category is archived.</param>
/// <param name="Version">The version, which is also the ETag.</param>
public sealed record CategoryResponse(string Code, string Name, bool Archived, long Version)
{
    internal static CategoryResponse Of(CategoryView category) =>
        new(category.Code, category.Name, category.Archived, category.Version);
}
