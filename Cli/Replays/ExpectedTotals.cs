using System.Globalization;
using System.Text.Json;

namespace ActorShop.Cli.Replays;

/// <summary>Figures stated beside a history by whoever derived it: an oracle of its own.</summary>
internal sealed class ExpectedTotals
{
    private readonly List<(string Figure, string Expected, Func<SourceSums, string> Actual)> _figures = [];

    private ExpectedTotals()
    {
    }

    /// <summary>Reads <c>expected-totals.json</c>.</summary>
    /// <exception cref="ToolException">It is not there or says something else.</exception>
    public static ExpectedTotals Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Parse(document.RootElement);
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or FileNotFoundException
                or DirectoryNotFoundException)
        {
            throw new ToolException(ExitCode.BadInput, $"{path} has no expected totals: {exception.Message}", exception);
        }
    }

    /// <summary>Every figure that differs from what the history says; none where they agree.</summary>
    public IReadOnlyList<string> DifferencesTo(SourceSums sums) =>
    [
        .. _figures
            .Select(figure => (figure.Figure, figure.Expected, Actual: figure.Actual(sums)))
            .Where(static figure => !string.Equals(figure.Expected, figure.Actual, StringComparison.Ordinal))
            .Select(static figure => $"{figure.Figure}: stated {figure.Expected}, the events say {figure.Actual}"),
    ];

    private static ExpectedTotals Parse(JsonElement root)
    {
        var totals = new ExpectedTotals();
        totals.Add("rows", root.GetProperty("rows").GetInt64(), static sums => sums.Lines);
        totals.Add("invoices", root.GetProperty("invoices").GetInt64(), static sums => sums.Documents);
        totals.Add("orders", root.GetProperty("sale_invoices").GetInt64(), static sums => sums.CountOf(EventKind.Order));
        totals.Add("cancellations", root.GetProperty("cancellation_invoices").GetInt64(), static sums => sums.CountOf(EventKind.Cancellation));
        totals.Add("adjustments", root.GetProperty("stock_adjustment_invoices").GetInt64(), static sums => sums.CountOf(EventKind.StockAdjustment));
        totals.Add("bad debt", root.GetProperty("bad_debt").GetInt64(), static sums => sums.CountOf(EventKind.BadDebt));
        totals.Add("SKUs", root.GetProperty("skus").GetInt64(), static sums => sums.Skus.Count);
        totals.Add("gross", Amount(root.GetProperty("gross_sales_gbp")), static sums => sums.Gross);
        totals.Add("cancelled", Amount(root.GetProperty("cancelled_gbp")), static sums => sums.Cancelled);
        totals.Add("net", Amount(root.GetProperty("net_gbp")), static sums => sums.Net);
        totals.Add(
            "lines below a minor unit", root.GetProperty("sub_penny_price_lines").GetInt64(), static sums => sums.RoundedLines.Count);
        foreach (var month in root.GetProperty("per_month").EnumerateObject())
        {
            var name = month.Name;
            totals.Add($"{name} lines", month.Value[0].GetInt64(), sums => Month(sums, name).Lines);
            totals.Add($"{name} documents", month.Value[1].GetInt64(), sums => Month(sums, name).Documents);
            totals.Add($"{name} net", Amount(month.Value[2]), sums => Month(sums, name).Net);
        }

        foreach (var (place, seller) in root.GetProperty("best_sellers_units").EnumerateArray().Index())
        {
            var expected = string.Create(CultureInfo.InvariantCulture, $"{seller[0].GetString()} {seller[1].GetInt64()}");
            totals._figures.Add(($"best seller {place + 1}", expected, sums => BestSeller(sums, place)));
        }

        return totals;
    }

    private void Add(string figure, decimal expected, Func<SourceSums, decimal> actual) =>
        _figures.Add((figure, Show(expected), sums => Show(actual(sums))));

    private static MonthSums Month(SourceSums sums, string month) => sums.Months.GetValueOrDefault(month, MonthSums.None);

    private static string BestSeller(SourceSums sums, int place)
    {
        var sellers = sums.BestSellers(place + 1);
        return place < sellers.Length
            ? string.Create(CultureInfo.InvariantCulture, $"{sellers[place].Sku} {sellers[place].Priced}")
            : "none";
    }

    private static decimal Amount(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    // Without trailing zeros: 1.10 and 1.1 are one amount.
    private static string Show(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);
}
