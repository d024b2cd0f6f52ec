using System.Text.RegularExpressions;

namespace ActorShop.Import;

/// <summary>Numbers as people and spreadsheets write them: <c>1,290.00</c>, <c>1.290,00</c>, <c>1 290</c>, <c>€ 7,99</c>.</summary>
internal static partial class Numbers
{
    private const string Point = ".";

    // Longer texts are no numbers, and would cost the patterns time.
    private const int MaxLength = 64;

    /// <summary>Judges the notation from all numbers of a file.</summary>
    /// <param name="numbers">The numbers with their lines; the currency of prices, null for counts.</param>
    /// <exception cref="ImportException">The numbers are written in two notations, or each of them has two readings.</exception>
    public static DecimalMark Judge(IEnumerable<(int Line, string Text, string? Currency)> numbers)
    {
        (int Line, string Text)? points = null, commas = null, unclear = null;
        foreach (var (line, text, currency) in numbers.Where(static number => number.Text.Length <= MaxLength))
        {
            var (mark, isUnclear) = MarkOf(Bare(text), currency);
            points ??= mark is DecimalMark.Point ? (line, text) : null;
            commas ??= mark is DecimalMark.Comma ? (line, text) : null;
            unclear ??= isUnclear ? (line, text) : null;
        }

        return (points, commas) switch
        {
            ({ } point, { } comma) => throw new ImportException(
                $"the numbers have two notations: '{point.Text}' on line {point.Line}, '{comma.Text}' on line {comma.Line}", "decimal point|comma"),
            (null, { }) => DecimalMark.Comma,
            (null, null) when unclear is { } number => throw new ImportException(
                $"line {number.Line}: '{number.Text}' has two readings, and no number of the file shows which: "
                + "is the mark before the decimals a point or a comma?",
                "decimal point|comma"),
            _ => DecimalMark.Point,
        };
    }

    /// <summary>Reads a number in a notation; null if it is none.</summary>
    public static decimal? Parse(string text, DecimalMark mark)
    {
        if (text.Length > MaxLength || (mark is DecimalMark.Point ? WithPoint() : WithComma()).Match(Bare(text)) is not { Success: true } match)
        {
            return null;
        }

        var digits = match.Groups["whole"].Value.Replace(Point, string.Empty, StringComparison.Ordinal).Replace(",", string.Empty, StringComparison.Ordinal);
        var number = $"{match.Groups["sign"].Value}{digits}.{match.Groups["part"].Value}0";
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>Takes the symbol or the code of a currency away from a price; null if it is of another currency.</summary>
    public static string? WithoutCurrency(string price, string currency)
    {
        if (price.Length > MaxLength)
        {
            return price;
        }

        var match = Marked().Match(price);
        var sign = match.Groups["before"].Value + match.Groups["after"].Value;
        var fits = sign switch
        {
            "" => true,
            "€" => currency is "EUR",
            "£" => currency is "GBP" or "GIP" or "FKP" or "SHP" or "EGP" or "SYP" or "LBP",
            "$" => currency.EndsWith('D') || currency is "MXN" or "ARS" or "CLP" or "COP",
            "¥" => currency is "JPY" or "CNY",
            _ => string.Equals(sign, currency, StringComparison.Ordinal),
        };
        return fits ? match.Groups["number"].Value : null;
    }

    public static bool HasCurrency(string price) => price.Length <= MaxLength && Marked().Match(price) is { } match
        && (match.Groups["before"].Success || match.Groups["after"].Success);

    private static (DecimalMark? Mark, bool IsUnclear) MarkOf(string text, string? currency)
    {
        var (point, comma) = (text.LastIndexOf('.'), text.LastIndexOf(','));
        if (point < 0 && comma < 0)
        {
            return (null, false);
        }

        var last = Math.Max(point, comma);
        var mark = last == point ? DecimalMark.Point : DecimalMark.Comma;
        if (point >= 0 && comma >= 0)
        {
            return (mark, false);
        }

        var other = mark is DecimalMark.Point ? DecimalMark.Comma : DecimalMark.Point;
        if (text.IndexOf(text[last], StringComparison.Ordinal) < last)
        {
            return (other, false);
        }

        // One mark: three digits after it may be decimals or a group of thousands.
        if (!OneGroup().IsMatch(text))
        {
            return (mark, false);
        }

        return currency is null || !Currency.Exists(currency) ? (null, true) : Currency.ExponentOf(currency) switch
        {
            0 => (other, false),
            >= 3 when mark is DecimalMark.Point => (mark, false),
            _ => (null, true),
        };
    }

    // Spaces and apostrophes between digits group thousands.
    private static string Bare(string text) => Grouping().Replace(Marked().Match(text).Groups["number"].Value, string.Empty);

    [GeneratedRegex(@"^(?<before>[€£$¥]|[A-Z]{3})?\s*(?<number>.*?)\s*(?<after>[€£$¥]|[A-Z]{3})?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Marked();

    [GeneratedRegex(@"(?<=\d)[\s'\u2019](?=\d{3})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Grouping();

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}[.,]\d{3}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneGroup();

    [GeneratedRegex(@"^(?<sign>[+-]?)(?<whole>\d{1,3}(,\d{3})+|\d+)(\.(?<part>\d*))?$|^(?<sign>[+-]?)(?<whole>)\.(?<part>\d+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WithPoint();

    [GeneratedRegex(@"^(?<sign>[+-]?)(?<whole>\d{1,3}(\.\d{3})+|\d+)(,(?<part>\d*))?$|^(?<sign>[+-]?)(?<whole>),(?<part>\d+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WithComma();
}
