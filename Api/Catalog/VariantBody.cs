using System.ComponentModel.DataAnnotations;
using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>A variant of a product.</summary>
/// <param name="Sku">The SKU. It belongs to this product permanently.</param>
/// <param name="Price">The price, for a variant with one currency.</param>
/// <param name="Prices">The prices, one per currency. Replaces <c>price</c>.</param>
/// <param name="Options">The options of this variant, such as size and colour.</param>
public sealed record VariantBody(
    [Sku] string Sku,
    [Price] MoneyBody? Price = null,
    [Length(1, 200)] IReadOnlyList<MoneyBody>? Prices = null,
    [NamedTexts] IReadOnlyDictionary<string, string>? Options = null) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Price is null == Prices is null)
        {
            yield return new Violation("invalid_value", "Exactly one of price and prices is required.", "/price");
        }

        var currencies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, price) in (Prices ?? []).Index())
        {
            if (price is not null && PriceAttribute.Check(price, $"/prices/{index}") is { } violation)
            {
                yield return violation;
            }

            if (price is not null && !currencies.Add(price.Currency))
            {
                yield return new Violation("duplicate_value", "Duplicates the currency of another price.", $"/prices/{index}/currency");
            }
        }
    }

    internal VariantDraft ToDraft() => new(
        ActorShop.Sku.From(Sku), [.. (Prices ?? [Price!]).Select(static price => price.ToMoney())], ProductRequest.Sorted(Options));
}
