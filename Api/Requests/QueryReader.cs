using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorShop.Api;

/// <summary>Reads the parameters of a list or a report, strictly: what nobody asks for, and what is said twice, is refused.</summary>
/// <remarks>Asking is declaring: the documentation asks too, and writes down what was asked.</remarks>
internal sealed class QueryReader(HttpRequest? request)
{
    private readonly List<QueryParameter> _declared = [];

    /// <summary>What is wrong.</summary>
    public Findings Findings { get; } = new();

    /// <summary>What was asked for.</summary>
    public IReadOnlyList<QueryParameter> Declared => _declared;

    /// <summary>Whether the cursor is another list's.</summary>
    public bool HasForeignCursor { get; private set; }

    /// <summary>A text of at most so many characters.</summary>
    public string? Text(string name, string description, int most = 200)
    {
        var text = Get(new QueryParameter(name, "string", description));
        Findings.Text(Pointer(name), text, 1, most);
        return text;
    }

    /// <summary>One of a few words.</summary>
    public string? Choice(string name, string description, ReadOnlySpan<string> words)
    {
        var text = Get(new QueryParameter(name, "string", description) { Words = words.ToArray() });
        if (text is not null && !words.Contains(text))
        {
            Findings.Add(Pointer(name), "invalid_value", $"Must be one of: {string.Join(", ", words!)}.");
        }

        return text;
    }

    /// <summary>A SKU, which has to be said.</summary>
    public string RequiredSku(string name, string description)
    {
        var text = Get(new QueryParameter(name, "string", description) { IsRequired = true });
        Findings.Sku(Pointer(name), text);
        return text ?? string.Empty;
    }

    /// <summary>A currency of ISO 4217.</summary>
    public string? Currency(string name, string description)
    {
        var text = Get(new QueryParameter(name, "string", description));
        Findings.Currency(Pointer(name), text);
        return text;
    }

    /// <summary>A whole number within bounds.</summary>
    public long? Number(string name, string description, long least, long most)
    {
        var text = Get(new QueryParameter(name, "integer", description) { Least = least, Most = most });
        if (text is null)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Findings.Add(Pointer(name), "wrong_type", "Must be a whole number.");
            return null;
        }

        Findings.Range(Pointer(name), number, least, most);
        return number;
    }

    /// <summary>true or false.</summary>
    public bool? Flag(string name, string description)
    {
        switch (Get(new QueryParameter(name, "boolean", description)))
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            default:
                Findings.Add(Pointer(name), "wrong_type", "Must be true or false.");
                return null;
        }
    }

    /// <summary>A day.</summary>
    public DateOnly? Day(string name, string description)
    {
        var text = Get(new QueryParameter(name, "string", description) { Format = "date" });
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Findings.Add(Pointer(name), "wrong_type", "Must be a date, such as 2011-12-09.");
        return null;
    }

    /// <summary>A time with its offset.</summary>
    public DateTimeOffset? Time(string name, string description)
    {
        var text = Get(new QueryParameter(name, "string", description) { Format = "date-time" });
        if (text is null)
        {
            return null;
        }

        if (Rfc3339.TryParse(text, out var time))
        {
            return time;
        }

        Findings.Add(Pointer(name), "wrong_type", "Must be an RFC 3339 time with an offset, such as 2011-12-09T12:50:00Z.");
        return null;
    }

    /// <summary>How many, and after which: the last thing to be asked.</summary>
    public Paging Page()
    {
        var limit = (int)(Number("limit", "The maximum number of items.", 1, 100) ?? 25);
        var cursor = Get(new QueryParameter("cursor", "string", "The `nextCursor` of the previous page. The filters must be the same."));
        var filters = Filters();
        if (cursor is null)
        {
            return new Paging(filters, limit, After: null);
        }

        HasForeignCursor = !Cursor.TryDecode(cursor, filters, out var after);
        return new Paging(filters, limit, after);
    }

    /// <summary>States what nobody asked for.</summary>
    public void Finish()
    {
        foreach (var name in request!.Query.Keys)
        {
            if (!_declared.Exists(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal)))
            {
                Findings.Add(Pointer(name), "unknown_parameter", "Unknown parameter (names are case-sensitive).");
            }
        }
    }

    private static string Pointer(string name) => $"query:{name}";

    private string? Get(QueryParameter parameter)
    {
        _declared.Add(parameter);
        if (request is null || !request.Query.TryGetValue(parameter.Name, out var values))
        {
            return null;
        }

        // The collection ignores case; a request does not get away with it, since the name then is one that nobody asked for.
        if (values.Count != 1)
        {
            Findings.Add(Pointer(parameter.Name), "duplicate_parameter", "Duplicate parameter.");
        }

        if (values[0] is { } value && value.Contains('\0', StringComparison.Ordinal))
        {
            Findings.Add(Pointer(parameter.Name), "nul_character", "Must not contain NUL.");
        }

        return values[0];
    }

    // Everything that decides which things are listed in which order.
    private string Filters()
    {
        var text = new StringBuilder(request?.Path.Value);
        foreach (var (name, values) in (request?.Query ?? QueryCollection.Empty).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (name is not ("limit" or "cursor"))
            {
                text.Append('\n').Append(name).Append('=').Append(values.ToString());
            }
        }

        return text.ToString();
    }
}

/// <summary>A parameter as the documentation shows it.</summary>
internal sealed record QueryParameter(string Name, string Type, string Description)
{
    public string? Format { get; init; }

    public bool IsRequired { get; init; }

    public IReadOnlyList<string>? Words { get; init; }

    public long? Least { get; init; }

    public long? Most { get; init; }
}

/// <summary>Which page of a list.</summary>
internal sealed record Paging(string Filters, int Limit, string? After);

/// <summary>Opaque positions in lists.</summary>
/// <remarks>
/// A cursor is the position beneath a digest over the position and the filters, so that it fits its own list only. It is no secret
/// and guards none: whoever makes one up chooses where to begin, and no more.
/// </remarks>
internal static class Cursor
{
    private const int DigestBytes = 9;

    private const int MostCharacters = 600;

    public static string Encode(string position, string filters)
    {
        var text = Encoding.UTF8.GetBytes(position);
        return System.Buffers.Text.Base64Url.EncodeToString([.. Digest(position, filters), .. text]);
    }

    public static bool TryDecode(string cursor, string filters, out string? position)
    {
        position = null;
        if (cursor.Length is 0 or > MostCharacters || !System.Buffers.Text.Base64Url.IsValid(cursor))
        {
            return false;
        }

        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= DigestBytes)
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(bytes.AsSpan(DigestBytes));
        if (!Digest(text, filters).AsSpan().SequenceEqual(bytes.AsSpan(0, DigestBytes)))
        {
            return false;
        }

        position = text;
        return true;
    }

    private static byte[] Digest(string position, string filters) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{filters}\n\n{position}"))[..DigestBytes];
}
