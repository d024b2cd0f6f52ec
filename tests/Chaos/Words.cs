using System.Collections.Immutable;

namespace ActorShop.Chaos;

/// <summary>Lists of words on a command line.</summary>
internal static class Words
{
    /// <summary>Reads <c>kill,pause</c>.</summary>
    public static ImmutableArray<TKind> Read<TKind>(string? text, Action<string> addError)
        where TKind : struct, Enum
    {
        var known = string.Join(", ", Enum.GetNames<TKind>()).ToLowerInvariant();
        var kinds = ImmutableArray.CreateBuilder<TKind>();
        foreach (var word in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // By name alone: numbers would be taken too.
            if (char.IsAsciiLetter(word[0]) && Enum.TryParse<TKind>(word, ignoreCase: true, out var kind))
            {
                kinds.Add(kind);
            }
            else
            {
                addError($"'{word}' is none of {known}");
            }
        }

        if (kinds.Count == 0)
        {
            addError($"nothing is named: {known}");
        }

        return [.. kinds.Distinct()];
    }
}
