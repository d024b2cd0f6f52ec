using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Imports;

/// <summary>A row of a catalogue: members by their exact names. A row of CSV is an object of strings.</summary>
internal sealed class SourceRow(JsonElement element, bool isCsv = false)
{
    public IReadOnlyCollection<string> Names { get; } = [.. element.EnumerateObject().Select(static member => member.Name)];

    /// <summary>A member as text, trimmed; null if it is absent, null or blank.</summary>
    /// <exception cref="RowException">It is not a scalar.</exception>
    public string? Text(string name)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Null => null,

            // A list of texts, such as other names of a product, becomes one text.
            JsonValueKind.Array when value.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.String) =>
                string.Join(", ", value.EnumerateArray().Select(static item => item.GetString())),
            _ => throw new RowException($"{name} is neither text nor a number"),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>A member that may be a list or an object; null if it is absent, and in CSV.</summary>
    public JsonElement? Nested(string name) => !isCsv && element.TryGetProperty(name, out var value) ? value : null;

    public string Required(string name) => Text(name) ?? throw new RowException($"{name} is missing");

    public bool Has(params string[] names) => Array.TrueForAll(names, name => element.TryGetProperty(name, out _));

    /// <summary>A whole number of at least zero; null if it is absent.</summary>
    public int? Count(string name) => Number(name) switch
    {
        null => null,
        { } number when number != decimal.Truncate(number) || number > int.MaxValue => throw new RowException($"{name} is not a whole number: {number}"),
        { } number => (int)number,
    };

    public Money Price(string name, string currency)
    {
        var number = Number(name) ?? throw new RowException($"{name} is missing");
        var minor = MinorUnits.Of(number, currency);
        return minor == decimal.Truncate(minor) && minor <= long.MaxValue
            ? new Money((long)minor, currency)
            : throw new RowException($"{name} has more decimal places than {currency}: {number}");
    }

    /// <summary>Members with a prefix, without it: <c>option.size</c> is <c>size</c>.</summary>
    public ImmutableSortedDictionary<string, string> Prefixed(string prefix) => Some(
        Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)), name => name[prefix.Length..]);

    /// <summary>Members by their names; absent ones are left out.</summary>
    public ImmutableSortedDictionary<string, string> Some(IEnumerable<string> names, Func<string, string>? rename = null) => names
        .Select(name => (Name: rename?.Invoke(name) ?? name, Text: Text(name)))
        .Where(static member => member.Text is not null)
        .ToImmutableSortedDictionary(static member => member.Name, static member => member.Text!, StringComparer.Ordinal);

    private decimal? Number(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number < 0 ? throw new RowException($"{name} is negative") : number
            : throw new RowException($"{name} is not a number: '{text}'");
    }
}
