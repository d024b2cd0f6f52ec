using System.Text.RegularExpressions;

namespace ActorShop.Import;

/// <summary>A row of a catalogue: members by their exact names. A row of CSV is an object of strings.</summary>
internal sealed partial class SourceRow(int line, JsonElement element, ReadingContext context, bool isCsv = false)
{
    public int Line => line;

    public bool IsCsv => isCsv;

    public IEnumerable<string> Names => element.EnumerateObject().Select(static member => member.Name);

    /// <summary>A member as text, trimmed; null if it is absent, null or blank.</summary>
    public string? Text(string name) => Said(name) is { Length: > 0 } text ? text : null;

    /// <summary>The first of several members that has a text.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>A member as text; null if the row says nothing about it, empty if the row clears it.</summary>
    /// <exception cref="RowException">It is not a scalar.</exception>
    public string? Said(string name)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Null => string.Empty,

            // A list of texts, such as other names of a product, becomes one text.
            JsonValueKind.Array when value.EnumerateArray().All(static item => item.ValueKind is JsonValueKind.String) =>
                string.Join(", ", value.EnumerateArray().Select(static item => item.GetString())),
            _ => throw Refuse($"{name} is neither text nor a number"),
        };
        if (text.Length == 0)
        {
            return isCsv && !context.Settings.ClearEmpty ? null : string.Empty;
        }

        // Some exports put an apostrophe before what a spreadsheet would take for a formula.
        return context.HasGuardedFormulas && text is ['\'', '=' or '+' or '-' or '@', ..] ? text[1..] : text;
    }

    /// <summary>A member that may be a list or an object; null if it is absent, and in CSV.</summary>
    public JsonElement? Nested(string name) =>
        !isCsv && element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    public SourceRow Inner(JsonElement inner) => new(line, inner, context);

    public string Required(string name) => Text(name) ?? throw Refuse($"{name} is missing");

    /// <exception cref="RowException">It is missing, or a spreadsheet has turned it into a number.</exception>
    public string Sku(string name) => SkuOrNone(name) ?? throw Refuse($"{name} is missing");

    public string? SkuOrNone(params ReadOnlySpan<string> names) => Text(names) is not { } sku ? null : !Shortened().IsMatch(sku) ? sku
        : throw Refuse($"SKU '{sku}' is a number that a spreadsheet has shortened: the digits are lost");

    /// <summary>A whole number of at least zero; null if it is absent.</summary>
    public int? Count(string name) => Whole(name) is < 0 ? throw Refuse($"{name} is negative") : Whole(name);

    /// <summary>A whole number; null if it is absent.</summary>
    public int? Whole(string name) => Number(name, Text(name)) switch
    {
        null => null,
        { } number when number != decimal.Truncate(number) || Math.Abs(number) > int.MaxValue => throw Refuse($"{name} is not a whole number: {Text(name)}"),
        { } number => (int)number,
    };

    /// <summary>A price in minor units; null if it is absent.</summary>
    /// <param name="stated">The currency of the row; null for the one of the settings.</param>
    public Money? Price(string name, string? stated = null)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var currency = stated ?? context.Settings.Currency;
        context.AssumesCurrency |= stated is null && !Numbers.HasCurrency(text);

        var bare = Numbers.WithoutCurrency(text, currency) ?? throw Refuse($"{name} is '{text}', and its currency is {currency}");
        var number = Number(name, bare)!.Value;
        if (number > long.MaxValue)
        {
            throw Refuse($"{name} is too large: {text}");
        }

        var minor = number * Factor(currency);
        return number < 0 ? throw Refuse($"{name} is negative")
            : minor != decimal.Truncate(minor) ? throw Refuse($"{name} has more decimal places than {currency}: {text}")
            : minor > long.MaxValue ? throw Refuse($"{name} is too large: {text}")
            : new Money((long)minor, currency);
    }

    /// <summary>Texts whose names have a prefix, without it: <c>option.size</c> is <c>size</c>.</summary>
    public ImmutableSortedDictionary<string, string> Prefixed(string prefix) => Some(
        Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)), name => name[prefix.Length..]);

    /// <summary>Members by their names, without those that the row says nothing about.</summary>
    public ImmutableSortedDictionary<string, string> Some(IEnumerable<string> names, Func<string, string>? rename = null) => names
        .Select(name => (Name: rename?.Invoke(name) ?? name, Text: Said(name)))
        .Where(static member => member.Text is not null)
        .ToImmutableSortedDictionary(static member => member.Name, static member => member.Text!, StringComparer.Ordinal);

    public bool HasNumber(string name) => element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number;

    public RowException Refuse(string reason) => new(line, reason);

    private decimal? Number(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        // A number of JSON has one notation.
        var mark = HasNumber(name) ? DecimalMark.Point : context.DecimalMark;
        return Numbers.Parse(text, mark)
            ?? throw Refuse($"{name} is not a number{(mark is DecimalMark.Comma ? " with a decimal comma" : string.Empty)}: '{Short(text)}'");
    }

    private static string Short(string text) => text.Length <= 40 ? text : ShortText.Cut(text, 40) + "…";

    private static decimal Factor(string currency) => Currency.ExponentOf(currency) switch { 0 => 1, 2 => 100, 3 => 1000, _ => 10_000 };

    [GeneratedRegex(@"^\d([.,]\d+)?E\+\d+$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Shortened();
}
