using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Replays;

/// <summary>The shop's own reports: sales by month, the best sellers with the most units first, and the number of committed events they lack.</summary>
internal sealed record ShopReports(
    IReadOnlyDictionary<string, MonthFigures> Months, IReadOnlyList<(string Sku, long Units)> Units, long LagEvents)
{
    public const int MostSellers = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The time zone in which the shop's months begin and end.</summary>
    public static async Task<TimeZoneInfo> TimeZoneAsync(ShopClient shop, string currency, CancellationToken cancellationToken)
    {
        var name = (await SalesAsync(shop, currency, cancellationToken)).TimeZone ?? TimeZoneInfo.Utc.Id;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new ToolException(ExitCode.BadInput, $"The shop's time zone {name} is unknown on this machine. Install tzdata.");
    }

    /// <summary>Reads the reports once they are complete, or when the patience ends.</summary>
    public static async Task<ShopReports> ReadAsync(
        ShopClient shop, string currency, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var sales = await SalesAsync(shop, currency, cancellationToken);
            if (sales.LagEvents == 0 || clock.GetElapsedTime(start) > patience)
            {
                var sellers = await shop.ReadAsync<Sellers>($"/v1/admin/reports/best-sellers?limit={MostSellers}", cancellationToken);
                return new ShopReports(
                    sales.Rows.ToDictionary(static row => row.Period, static row => row.ToFigures(), StringComparer.Ordinal),
                    [.. sellers.Data.Select(static seller => (seller.Sku, seller.Units))], sales.LagEvents);
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private static Task<Sales> SalesAsync(ShopClient shop, string currency, CancellationToken cancellationToken) =>
        shop.ReadAsync<Sales>($"/v1/admin/reports/sales?by=month&currency={currency}", cancellationToken);

    private sealed record Sales(Row[] Rows, long LagEvents, string? TimeZone = null);

    private sealed record Row(
        string Period, int Orders, int Lines, Money Gross, int Documents, int RefundedLines, Money Refunded, Money Credited, Money Entries, Money Net)
    {
        public MonthFigures ToFigures() => new(
            Orders, Lines, Gross.Amount, Documents, RefundedLines, Refunded.Amount, Credited.Amount, Entries.Amount, Net.Amount);
    }

    private sealed record Sellers(Seller[] Data);

    private sealed record Seller(string Sku, long Units);
}
