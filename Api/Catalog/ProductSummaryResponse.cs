using ActorShop.Reporting;

namespace ActorShop.Api.Catalog;

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
