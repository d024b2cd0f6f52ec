using System.Text.Json.Serialization;

namespace ActorShop.Cli.Replays;

/// <summary>Figures published beside a history (<c>expected-totals.json</c>): an independent check of the reader.</summary>
/// <remarks>A month has lines, documents and net; a best seller has a SKU and units, the most sold first.</remarks>
internal sealed record ExpectedTotals(
    decimal Rows, decimal Invoices, decimal SaleInvoices, decimal CancellationInvoices, decimal StockAdjustmentInvoices, decimal BadDebt,
    decimal Skus, decimal GrossSalesGbp, decimal CancelledGbp, decimal NetGbp, decimal SubPennyPriceLines,
    ImmutableSortedDictionary<string, ImmutableArray<decimal>> PerMonth, ImmutableArray<ImmutableArray<JsonElement>> BestSellersUnits)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static ExpectedTotals Read(string path)
    {
        try
        {
            var totals = JsonSerializer.Deserialize<ExpectedTotals>(File.ReadAllBytes(path), Json) ?? throw new JsonException("null");
            return totals.BestSellersUnits.IsDefault || totals.PerMonth.Values.Any(static month => month.IsDefault || month.Length < 3)
                || totals.BestSellersUnits.Any(static seller => seller.IsDefault || seller.Length < 2)
                ? throw new JsonException("a month has three figures, a best seller two")
                : totals;
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException(ExitCode.BadInput, $"{path} has no expected totals: {exception.Message}", exception);
        }
    }

    /// <summary>Every figure that differs from the history; empty if all agree.</summary>
    public IReadOnlyList<string> DifferencesTo(SourceSums sums)
    {
        List<(string Figure, decimal Expected, decimal Actual)> figures =
        [
            ("rows", Rows, sums.Lines),
            ("invoices", Invoices, sums.Events.Count),
            ("orders", SaleInvoices, sums.CountOf(EventKind.Order)),
            ("cancellations", CancellationInvoices, sums.CountOf(EventKind.Cancellation)),
            ("adjustments", StockAdjustmentInvoices, sums.CountOf(EventKind.StockAdjustment)),
            ("bad debt", BadDebt, sums.CountOf(EventKind.BadDebt)),
            ("SKUs", Skus, sums.Skus.Count),
            ("gross", GrossSalesGbp, sums.ValueOf(EventKind.Order)),
            ("cancelled", CancelledGbp, sums.ValueOf(EventKind.Cancellation)),
            ("net", NetGbp, sums.Net),
            ("lines below a minor unit", SubPennyPriceLines, sums.RoundedLines.Length),
        ];
        foreach (var (month, expected) in PerMonth)
        {
            var actual = sums.Months.GetValueOrDefault(month, MonthSums.None);
            figures.Add(($"{month} lines", expected[0], actual.Lines));
            figures.Add(($"{month} documents", expected[1], actual.Documents));
            figures.Add(($"{month} net", expected[2], actual.Net));
        }

        var sellers = sums.BestSellers(BestSellersUnits.Length);
        return
        [
            .. figures.Where(static figure => figure.Expected != figure.Actual)
                .Select(static figure => Difference(figure.Figure, Show(figure.Expected), Show(figure.Actual))),
            .. BestSellersUnits
                .Select((seller, i) => (
                    Place: i + 1, Expected: $"{seller[0]} {seller[1]}", Actual: i < sellers.Length ? $"{sellers[i].Sku} {sellers[i].Priced}" : "none"))
                .Where(static seller => !string.Equals(seller.Expected, seller.Actual, StringComparison.Ordinal))
                .Select(static seller => Difference($"best seller {seller.Place}", seller.Expected, seller.Actual)),
        ];
    }

    private static string Difference(string figure, string expected, string actual) => $"{figure}: stated {expected}, the events say {actual}";

    // Without trailing zeros: 1.10 and 1.1 are one amount.
    private static string Show(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);
}
