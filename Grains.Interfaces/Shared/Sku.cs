using System.Globalization;

namespace ActorShop;

/// <summary>A stock-keeping unit: the merchant's own code for what is sold. Case matters.</summary>
/// <param name="Value">
/// 1 to 64 printable characters in normalization form C that the path of a URL can carry: no <c>/</c>, <c>\</c> or percent sequence, not
/// <c>.</c> or <c>..</c>, no space at either end.
/// </param>
[GenerateSerializer, Immutable, Alias("shared.sku")]
public readonly record struct Sku(string Value) : IIdentifier<Sku>
{
    public const int MaxLength = 64;

    public static Sku From(string value) => new(value);

    /// <summary>Checks the text of a SKU that a client wants to create.</summary>
    /// <returns>The error; null if the text is a SKU.</returns>
    public static InputError? Check(string? text)
    {
        var message = text switch
        {
            null or { Length: 0 or > MaxLength } => "Must have 1 to 64 characters.",
            "." or ".." => "Must not be '.' or '..', which a URL cannot carry.",
            [' ', ..] or [.., ' '] => "Must not start or end with a space.",
            _ when text.Contains('/', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal) => @"Must not contain '/' or '\'.",
            _ when HasPercentSequence(text) => "Must not contain '%' followed by two hexadecimal digits.",
            _ when !text.All(IsPrintable) || text.EnumerateRunes().Any(PlainText.IsFiller) || !text.EnumerateRunes().Any(PlainText.IsVisible) =>
                "Must have printable characters only.",
            _ when !PlainText.IsComposed(text) => "Must be in Unicode normalization form C (NFC).",
            _ => null,
        };
        return message is null ? null : new("invalid_sku", message);
    }

    /// <summary>Whether a stored SKU can have the text: earlier versions accepted more than <see cref="Check"/> does.</summary>
    public static bool MayBeStored(string? text) =>
        text is { Length: > 0 and <= MaxLength } && text[0] != ' ' && text[^1] != ' ' && !text.Contains('/', StringComparison.Ordinal)
        && text.All(IsPrintable);

    public override string ToString() => Value;

    private static bool HasPercentSequence(string text)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                return true;
            }
        }

        return false;
    }

    // Format characters (a right-to-left override among them) would make two SKUs look alike or a line read backwards.
    private static bool IsPrintable(char c) => c == ' ' || char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
