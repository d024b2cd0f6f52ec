using System.Globalization;
using System.Text;

namespace ActorShop;

/// <summary>The rule of e-mail addresses: those that mail systems deliver, with letters of any script.</summary>
/// <remarks>Stricter than RFC 5322: no quoted local part, no comment, no IP address, and a domain of at least two labels.</remarks>
public static class EmailAddress
{
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64;

    private const int MaxLabelLength = 63;

    private const string LocalSymbols = "!#$%&'*+-/=?^_`{|}~";

    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        var at = text.IndexOf('@', StringComparison.Ordinal);
        return text.Length <= MaxLength && at is > 0 and <= MaxLocalLength && IsLocalPart(text[..at]) && IsDomain(text[(at + 1)..])
            // Resolvers map compatible characters first: a full-width １２ is 12.
            && IsDomain(text[(at + 1)..].Normalize(NormalizationForm.FormKC));
    }

    private static bool IsLocalPart(string text) =>
        text.Split('.').All(static atom => atom.Length > 0 && IsMadeOf(atom, LocalSymbols));

    private static bool IsDomain(string text)
    {
        var labels = text.Split('.');
        return labels.Length > 1
            && labels.All(static label => label.Length is > 0 and <= MaxLabelLength && label[0] != '-' && label[^1] != '-' && IsMadeOf(label, "-"))
            // A top-level domain is no number, as the last label of an IP address is.
            && labels[^1].Length > 1 && !char.IsAsciiDigit(labels[^1][0]);
    }

    private static bool IsMadeOf(string text, string symbols)
    {
        var isFirst = true;
        foreach (var rune in text.EnumerateRunes())
        {
            var isAccepted = rune.IsAscii
                ? Rune.IsLetterOrDigit(rune) || symbols.Contains((char)rune.Value, StringComparison.Ordinal)
                : PlainText.IsVisible(rune) ? Rune.IsLetterOrDigit(rune)
                : !isFirst && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!isAccepted)
            {
                return false;
            }

            isFirst = false;
        }

        return true;
    }
}
