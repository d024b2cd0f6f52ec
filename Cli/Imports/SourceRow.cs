using System.Globalization;
using System.Text.Json;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Imports;

/// <summary>A row of a catalogue in any format: members by their exact names.</summary>
internal abstract class SourceRow
{
    public abstract IReadOnlyCollection<string> Names { get; }

    /// <summary>A member as text, trimmed; null if it is absent, null or blank.</summary>
    /// <exception cref="RowException">It is not a scalar.</exception>
    public abstract string? Text(string name);

    public string Required(string name) => Text(name) ?? throw new RowException($"{name} is missing");

    /// <summary>Whether the row has all these members.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!Names.Contains(name, StringComparer.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A whole number of at least zero; null if it is absent.</summary>
    public int? Count(string name) => Number(name) switch
    {
        null => null,
        { } number when number != decimal.Truncate(number) || number > int.MaxValue => throw new RowException($"{name} is not a whole number: {number}"),
        { } number => (int)number,
    };

    /// <summary>A price in decimal notation.</summary>
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

/// <summary>A row of CSV.</summary>
internal sealed class CsvRow(OrderedDictionary<string, string> fields) : SourceRow
{
    public override IReadOnlyCollection<string> Names => fields.Keys;

    public override string? Text(string name) =>
        fields.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}

/// <summary>A JSON object.</summary>
internal sealed class JsonRow(JsonElement element) : SourceRow
{
    public JsonElement Element => element;

    public override IReadOnlyCollection<string> Names { get; } = [.. element.EnumerateObject().Select(static member => member.Name)];

    public override string? Text(string name)
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
}
