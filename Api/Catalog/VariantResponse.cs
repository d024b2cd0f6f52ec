using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

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
