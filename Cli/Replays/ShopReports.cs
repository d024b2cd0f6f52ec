using System.Text.Json;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Replays;

/// <summary>What the shop's own reports say.</summary>
/// <param name="Months">By month.</param>
/// <param name="Units">Units by SKU, of the SKUs that sold most.</param>
/// <param name="LagEvents">How many committed events the reports had not seen.</param>
internal sealed record ShopReports(
    IReadOnlyDictionary<string, ReportedMonth> Months, IReadOnlyList<(string Sku, long Units)> Units, long LagEvents)
{
    /// <summary>How many best sellers are asked for.</summary>
    public const int MostSellers = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads the reports once they have seen everything, or when patience ends.</summary>
    public static async Task<ShopReports> ReadAsync(
        ShopClient shop, string currency, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var sales = await shop.ReadAsync($"/v1/admin/reports/sales?by=month&currency={currency}", cancellationToken);
            var lag = sales.GetProperty("lagEvents").GetInt64();
            if (lag == 0 || clock.GetElapsedTime(start) > patience)
            {
                var sellers = await shop.ReadAsync($"/v1/admin/reports/best-sellers?limit={MostSellers}", cancellationToken);
                return new ShopReports(
                    sales.GetProperty("rows").EnumerateArray().ToDictionary(
                        static row => row.GetProperty("period").GetString()!, ReportedMonth.Of, StringComparer.Ordinal),
                    [.. sellers.GetProperty("data").EnumerateArray().Select(static seller => (
                        seller.GetProperty("sku").GetString()!, seller.GetProperty("units").GetInt64()))],
                    lag);
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }
}

/// <summary>A month of the sales report, in minor units.</summary>
internal sealed record ReportedMonth(
    int Orders, int Lines, long Gross, int ReturnDocuments, int ReturnLines, long Refunded, long Credited, long Entries, long Net)
{
    public static ReportedMonth None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static ReportedMonth Of(JsonElement row) => new(
        row.GetProperty("orders").GetInt32(), row.GetProperty("lines").GetInt32(), Amount(row, "gross"),
        row.GetProperty("documents").GetInt32(), row.GetProperty("refundedLines").GetInt32(), Amount(row, "refunded"),
        Amount(row, "credited"), Amount(row, "entries"), Amount(row, "net"));

    public static ReportedMonth operator +(ReportedMonth one, ReportedMonth other) => new(
        one.Orders + other.Orders, one.Lines + other.Lines, one.Gross + other.Gross, one.ReturnDocuments + other.ReturnDocuments,
        one.ReturnLines + other.ReturnLines, one.Refunded + other.Refunded, one.Credited + other.Credited, one.Entries + other.Entries,
        one.Net + other.Net);

    private static long Amount(JsonElement row, string name) => row.GetProperty(name).GetProperty("amount").GetInt64();
}
