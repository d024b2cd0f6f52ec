using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ActorShop.Storage.ReadModels;

/// <summary>Text as it is compared in searches. One folding writes the tables and reads the queries, so both databases find the same.</summary>
internal static class SearchText
{
    /// <summary>The version of the folding. Tables that were filled by another one are filled again.</summary>
    public const int Version = 1;

    // The words that are looked for one by one; the rest of the text counts as one more.
    private const int MostWords = 8;

    // What Unicode does not take apart, and people type without.
    private static readonly FrozenDictionary<char, string> Plain =
        """ßss æae œoe øo łl đd ðd þth ħh ŧt ıi ŋn ĸk ςσ ×x ⁄/ ∕/ ‘' ’' ‛' ʼ' “" ”" „" «" »" ‐- ‒- –- —- −-""".Split(' ')
            .ToFrozenDictionary(static pair => pair[0], static pair => pair[1..]);

    /// <summary>A name as it is compared: case, accents, width, composition and invisible characters ignored.</summary>
    public static string Folded(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var character in name.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (Plain.TryGetValue(character, out var plain))
            {
                folded.Append(plain);
            }
            else if (!IsIgnored(character))
            {
                folded.Append(character);
            }
        }

        // Korean syllables, and letters that keep their marks, are whole again.
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>An email address as it is compared: width and case ignored. Accents stay, because they tell addresses apart.</summary>
    public static string? FoldedEmail(string? email) => email?.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>The words of a query, folded. A name matches if it contains all of them.</summary>
    public static ImmutableArray<string> WordsOf(string? text) =>
    [
        .. Folded(text ?? string.Empty)
            .Split(' ', MostWords, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>A pattern of <c>like … escape '\'</c> for a word anywhere. The word's own signs mean themselves.</summary>
    public static string PatternOf(string word) =>
        $"%{word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    // Accents of European scripts and points of Semitic ones. The marks of other scripts are vowels and sounds, without which it is another word.
    private static bool IsIgnored(char character) => CharUnicodeInfo.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark =>
            character is < '\u0780' or (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF') or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE00' and <= '\uFE2F'),
        UnicodeCategory.Format => true,
        _ => false,
    };
}
