namespace ActorShop.Import;

/// <summary>A category by the names of its ancestors and its own, from the root.</summary>
public sealed class CategoryPath(params ImmutableArray<string> names)
{
    /// <summary>The path that clears a product's category.</summary>
    public static readonly CategoryPath None = new();

    private const int MaxCode = 64;

    // No name makes a hyphen beside another: two stand between names, three before a digest.
    private const string BetweenNames = "--";
    private const string BeforeDigest = "---";

    public ImmutableArray<string> Names { get; } = names;

    public string Name => Names[^1];

    public CategoryPath? Parent => Names.Length > 1 ? new([.. Names[..^1]]) : null;

    /// <summary>The code: 1 to 64 lower-case letters, digits and hyphens, different for different paths.</summary>
    /// <remarks>
    /// Names of ASCII letters, digits, spaces and hyphens are kept: <c>Men/Hats and Caps</c> is <c>men--hats-and-caps</c>. Any other
    /// name would lose characters, so a digest of the path follows. Case, and a space for a hyphen, make no difference.
    /// </remarks>
    public string Code
    {
        get
        {
            var slugs = Names.Select(Slug).ToArray();
            var code = string.Join(BetweenNames, slugs.Where(static slug => slug.Length > 0));
            if (code.Length is > 0 and <= MaxCode && Names.Zip(slugs).All(static pair => IsKept(pair.First, pair.Second)))
            {
                return code;
            }

            var digest = ShortText.Digest(string.Join('\u001f', Names.Select(static name => name.ToLowerInvariant())));
            var prefix = ShortText.Cut(code, MaxCode - BeforeDigest.Length - digest.Length).TrimEnd('-');
            return (prefix.Length == 0 ? "category" : prefix) + BeforeDigest + digest;
        }
    }

    /// <summary>The path of one name, without a look for separators.</summary>
    public static CategoryPath? OfName(string? name) => name is null ? null : name.Length == 0 ? None : new(name.Trim());

    /// <summary>Splits a text at the separators; null if no name is left.</summary>
    public static CategoryPath? Parse(string text, params ReadOnlySpan<char> separators)
    {
        ImmutableArray<string> names = [.. text.Split(separators.ToArray(), StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        return names.IsEmpty ? null : new(names);
    }

    public bool IsAncestorOf(CategoryPath other) =>
        Names.Length < other.Names.Length && Names.SequenceEqual(other.Names.Take(Names.Length), StringComparer.Ordinal);

    public override string ToString() => string.Join(" > ", Names);

    private static string Slug(string name)
    {
        var letters = name.ToLowerInvariant().Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '-');
        return string.Join('-', new string([.. letters]).Split('-', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsKept(string name, string slug) =>
        string.Equals(string.Join('-', name.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)), slug, StringComparison.Ordinal);
}
