using System.Buffers;
using System.Globalization;
using System.Text;

namespace ActorShop;

/// <summary>The rule of text that people write and read: names, addresses, reasons, descriptions.</summary>
/// <remarks>
/// Text that shows something else than it contains is refused: controls, overrides of the direction, invisible operators and tags, characters
/// that Unicode has not assigned, and text without a visible character. Joiners and marks of a direction stay, since Persian, Hindi and emoji
/// need them, and so do the tags of a flag.
/// </remarks>
public static class PlainText
{
    // Embeddings, overrides and isolates; deprecated format characters; annotations.
    private static readonly SearchValues<char> Hidden = SearchValues.Create(
        "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u206A\u206B\u206C\u206D\u206E\u206F\uFFF9\uFFFA\uFFFB");

    // Invisible mathematical operators, and the byte order mark.
    private static readonly SearchValues<char> Unseen = SearchValues.Create("\u2061\u2062\u2063\u2064\uFEFF");

    // The flag that tags may follow, which make it that of a region.
    private static readonly Rune Flag = new(0x1F3F4);

    // Letters and symbols without a shape: Hangul fillers and the empty Braille pattern.
    private static readonly SearchValues<char> Fillers = SearchValues.Create("\u115F\u1160\u3164\uFFA0\u2800");

    /// <summary>Checks a text.</summary>
    /// <param name="minimum">The least length in UTF-16 units. From 1, the text must have a visible character.</param>
    /// <param name="maximum">The greatest length in UTF-16 units.</param>
    /// <param name="allowLines">Whether the text may have line breaks and tabs.</param>
    /// <returns>The error; null if the text is valid.</returns>
    public static InputError? Check(string text, int minimum, int maximum, bool allowLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);

        if (text.Length < minimum || text.Length > maximum)
        {
            return new("wrong_length", string.Create(CultureInfo.InvariantCulture, $"Must have {minimum} to {maximum} characters."));
        }

        var (isVisible, isFlag) = (false, false);
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) is not OperationStatus.Done)
            {
                return new("unassigned_character", "Must not contain half of a surrogate pair.");
            }

            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    when !(allowLines && rune.Value is '\n' or '\r' or '\t' or '\u2028' or '\u2029'):
                    return new("control_character", "Must not contain control characters.");

                case UnicodeCategory.Format when rune.IsBmp && Hidden.Contains((char)rune.Value):
                    return new("direction_character", "Must not contain characters that override the direction of text.");

                case UnicodeCategory.Format when (rune.IsBmp && Unseen.Contains((char)rune.Value)) || (IsTag(rune) && !isFlag):
                    return new("invisible_character", "Must not contain invisible characters.");

                case UnicodeCategory.OtherNotAssigned:
                    return new("unassigned_character", "Must not contain characters that Unicode has not assigned.");
            }

            isVisible |= IsVisible(rune);
            isFlag = rune == Flag || (isFlag && IsTag(rune));
            at += length;
        }

        return isVisible || (minimum == 0 && string.IsNullOrWhiteSpace(text)) ? null : new("blank", "Must not be blank.");
    }

    /// <summary>Checks an id that the client chose: one line without invisible characters, and without a space at either end.</summary>
    /// <remarks>Ids are compared by their characters, so they must arrive in normalization form C.</remarks>
    public static InputError? CheckId(string text, int maximum) =>
        Check(text, 1, maximum)
        ?? (text.Trim().Length != text.Length ? new("invalid_value", "Must not start or end with a space.")
            : text.EnumerateRunes().Any(static rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format || IsFiller(rune))
                ? new("invalid_value", "Must not contain invisible characters.")
            : IsComposed(text) ? null
            : new("invalid_value", "Must be in Unicode normalization form C (NFC)."));

    /// <summary>The form in which text is stored: normalization form C, so that equal text has equal characters.</summary>
    /// <exception cref="ArgumentException">The text did not pass <see cref="Check"/>.</exception>
    public static string Compose(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        return text.Normalize(NormalizationForm.FormC);
    }

    internal static bool IsComposed(string text) => text.IsNormalized(NormalizationForm.FormC);

    internal static bool IsFiller(Rune rune) => rune.IsBmp && Fillers.Contains((char)rune.Value);

    internal static bool IsVisible(Rune rune) => !IsFiller(rune) && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);

    private static bool IsTag(Rune rune) => rune.Value is >= 0xE0000 and <= 0xE007F;
}
