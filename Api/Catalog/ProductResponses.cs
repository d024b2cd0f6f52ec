using ActorShop.Catalog;
using ActorShop.Reporting;

namespace ActorShop.Api.Catalog;

/// <summary>A product.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">A few paragraphs.</param>
/// <param name="Category">The code of its category.</param>
/// <param name="Attributes">What it is like.</param>
/// <param name="Variants">How it is sold.</param>
/// <param name="ExternalId">The merchant's own id.</param>
/// <param name="Archived">Whether it was taken out of the shop.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it changed last.</param>
/// <param name="Version">The number of its changes; the ETag.</param>
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

/// <summary>One way in which a product is sold.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Price">The first of its prices.</param>
/// <param name="Prices">One per currency.</param>
/// <param name="Options">What sets the variant apart.</param>
public sealed record VariantResponse(
    string Sku, MoneyBody Price, IReadOnlyList<MoneyBody> Prices, IReadOnlyDictionary<string, string> Options)
{
    internal static VariantResponse Of(VariantDraft variant) => new(
        variant.Sku.Value, MoneyBody.Of(variant.Prices[0]), [.. variant.Prices.Select(MoneyBody.Of)], variant.Options);
}

/// <summary>A page of products.</summary>
/// <param name="Data">The products.</param>
/// <param name="HasMore">Whether there are more.</param>
/// <param name="NextCursor">What to ask for the next page with; absent at the end.</param>
/// <param name="Facets">How many there are of each kind under the same filters.</param>
/// <param name="LagSeconds">How far the list is behind what is committed; absent where it is not behind.</param>
public sealed record ProductListResponse(
    IReadOnlyList<ProductSummaryResponse> Data, bool HasMore, string? NextCursor, FacetsResponse Facets, double? LagSeconds);

/// <summary>How many products there are of each kind.</summary>
/// <param name="Categories">By category.</param>
public sealed record FacetsResponse(IReadOnlyList<FacetResponse> Categories);

/// <summary>A value and how often it occurs.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">How often.</param>
public sealed record FacetResponse(string Value, int Count);

/// <summary>A product in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Category">The code of its category.</param>
/// <param name="Skus">The SKUs of its variants.</param>
/// <param name="PriceFrom">The lowest price in the currency asked for; absent where there is none.</param>
/// <param name="InStock">Whether a unit is free.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ProductSummaryResponse(
    string Id, string Name, string? Category, IReadOnlyList<string> Skus, MoneyBody? PriceFrom, bool InStock, DateTimeOffset CreatedAt)
{
    internal static ProductSummaryResponse Of(ProductSummary product) => new(
        product.Id.Value, product.Name, product.Category, [.. product.Skus.Select(static sku => sku.Value)],
        product.PriceFrom is { } price ? MoneyBody.Of(price) : null, product.InStock, product.CreatedAt);
}

/// <summary>A category.</summary>
/// <param name="Code">The merchant's word for it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Archived">Whether it was taken out of the lists.</param>
/// <param name="Version">The number of its changes; the ETag.</param>
public sealed record CategoryResponse(string Code, string Name, bool Archived, long Version)
{
    internal static CategoryResponse Of(CategoryView category) =>
        new(category.Code, category.Name, category.Archived, category.Version);
}
