using System.Text;

namespace ActorShop.Storage.ReadModels;

internal static class SearchText
{
    // The words that are looked for one by one; the rest of the text counts as one more.
    private const int MostWords = 8;

    /// <summary>A name as it is compared: case ignored.</summary>
    public static string Folded(string name) => name.ToLowerInvariant();

    /// <summary>An email address as it is compared: width and case ignored. Accents stay, because they tell addresses apart.</summary>
    public static string FoldedEmail(string email) => email.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>Patterns of <c>like … escape '\'</c>, all of which a folded name must match. The text's own signs mean themselves.</summary>
    public static IEnumerable<string> PatternsOf(string? text) =>
        (text ?? string.Empty).Split(' ', MostWords, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static word => $"%{Literal(Folded(word))}%");

    private static string Literal(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
