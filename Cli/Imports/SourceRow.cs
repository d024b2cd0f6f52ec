using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Imports;

/// <summary>One row of a catalogue, whatever it was written in: members by their exact names.</summary>
internal abstract class SourceRow
{
    /// <summary>The names of the members.</summary>
    public abstract IReadOnlyCollection<string> Names { get; }

    /// <summary>A member as text, trimmed; null where it is absent, null or blank.</summary>
    /// <exception cref="RowException">It is no scalar.</exception>
    public abstract string? Text(string name);

    /// <summary>A member that has to be there.</summary>
    public string Required(string name) => Text(name) ?? throw new RowException($"{name} is missing");

    /// <summary>A decimal number; null where it is absent.</summary>
    public decimal? Number(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RowException($"{name} is not a number: '{text}'");
    }

    /// <summary>A whole number of zero or above; null where it is absent.</summary>
    public int? Count(string name) => Number(name) switch
    {
        null => null,
        < 0 => throw new RowException($"{name} is negative"),
        { } number when number != decimal.Truncate(number) || number > int.MaxValue => throw new RowException($"{name} is not a whole number: {number}"),
        { } number => (int)number,
    };

    /// <summary>A price in decimal notation as minor units.</summary>
    public Money Price(string name, string currency)
    {
        var number = Number(name) ?? throw new RowException($"{name} is missing");
        if (number < 0)
        {
            throw new RowException($"{name} is negative");
        }

        var minor = Currencies.ToMinor(number, currency);
        return minor == decimal.Truncate(minor) && minor <= long.MaxValue
            ? new Money((long)minor, currency)
            : throw new RowException($"{name} has more decimal places than {currency}: {number}");
    }

    /// <summary>Members with a prefix, without it: <c>option.size</c> is <c>size</c>.</summary>
    public ImmutableSortedDictionary<string, string> Prefixed(string prefix) => Some(
        Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)), name => name[prefix.Length..]);

    /// <summary>Members by their names, those that say nothing left out.</summary>
    public ImmutableSortedDictionary<string, string> Some(IEnumerable<string> names, Func<string, string>? rename = null)
    {
        var some = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (Text(name) is { } text)
            {
                some[rename?.Invoke(name) ?? name] = text;
            }
        }

        return some.ToImmutable();
    }
}

/// <summary>A row of CSV beneath its header.</summary>
internal sealed class CsvRow(IReadOnlyList<string> header, string[] fields) : SourceRow
{
    public override IReadOnlyCollection<string> Names => header;

    public override string? Text(string name)
    {
        for (var i = 0; i < header.Count; i++)
        {
            if (string.Equals(header[i], name, StringComparison.Ordinal))
            {
                return string.IsNullOrWhiteSpace(fields[i]) ? null : fields[i].Trim();
            }
        }

        return null;
    }
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

            // Lists of words, such as other names for a thing, are one text.
            JsonValueKind.Array when value.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.String) =>
                string.Join(", ", value.EnumerateArray().Select(static item => item.GetString())),
            _ => throw new RowException($"{name} is neither text nor a number"),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
