using System.Globalization;

namespace ActorShop;

/// <summary>A stock-keeping unit: the merchant's own code for what is sold. Case matters.</summary>
/// <param name="Value">1 to 64 printable characters without <c>/</c>; no space at either end.</param>
[GenerateSerializer, Immutable, Alias("shared.sku")]
public readonly record struct Sku(string Value) : IIdentifier<Sku>
{
    public const int MaxLength = 64;

    public static Sku From(string value) => new(value);

    /// <returns>Whether the text is a SKU.</returns>
    public static bool TryParse(string? text, out Sku sku)
    {
        sku = new(text ?? string.Empty);
        return text is { Length: > 0 and <= MaxLength } && text[0] != ' ' && text[^1] != ' ' && text.All(IsPrintable);
    }

    public override string ToString() => Value;

    // Format characters (a right-to-left override among them) would make two SKUs look alike or a line read backwards.
    private static bool IsPrintable(char c) => c != '/' && (c == ' ' || char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator));
}
