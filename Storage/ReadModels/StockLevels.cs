using System.Text.Json;
using ActorShop.Inventory;
using ActorShop.Reporting;

namespace ActorShop.Storage.ReadModels;

internal static class StockLevels
{
    /// <summary>The stored levels of SKUs.</summary>
    public static async Task<Dictionary<string, StockLevel>> OfAsync(DbSession session, IReadOnlyCollection<string> skus)
    {
        if (skus.Count == 0)
        {
            return new(StringComparer.Ordinal);
        }

        var levels = await session.SelectAsync(
            $"select sku, on_hand, reserved, policy, backorder_limit from stock_levels where {session.Dialect.In("sku", skus)}",
            static row => new StockLevel(new(row.Text(0)), row.Int(1), row.Int(2), PolicyOf(row.Text(3)), row.Int(4), Version: 0));
        return levels.ToDictionary(static level => level.Sku.Value, StringComparer.Ordinal);
    }

    /// <summary>Applies an event of a SKU to its level.</summary>
    public static void Add(Dictionary<string, StockLevel> levels, string sku, StockEvent happened)
    {
        var level = levels.GetValueOrDefault(sku) ?? new(new(sku), OnHand: 0, Reserved: 0, StockPolicy.Tracked, BackorderLimit: 0, Version: 0);
        levels[sku] = happened is StockEvent.PolicyChanged change
            ? level with { OnHand = happened.OnHand, Reserved = happened.Reserved, Policy = change.Policy, BackorderLimit = change.BackorderLimit }
            : level with { OnHand = happened.OnHand, Reserved = happened.Reserved };
    }

    public static Sql Put(Dialect dialect, IEnumerable<StockLevel> levels)
    {
        var rows = levels.Select(static level => new
        {
            Sku = level.Sku.Value,
            level.OnHand,
            level.Reserved,
            Policy = NameOf(level.Policy),
            level.BackorderLimit,
            level.InStock,
        });
        return Sql.Of(
            $"""
            insert into stock_levels (sku, on_hand, reserved, policy, backorder_limit, in_stock)
            select r.sku, r.on_hand, r.reserved, r.policy, r.backorder_limit, r.in_stock
            from {dialect.Rows(rows, "sku text, on_hand bigint, reserved bigint, policy text, backorder_limit bigint, in_stock boolean")} where true
            on conflict (sku) do update set on_hand = excluded.on_hand, reserved = excluded.reserved, policy = excluded.policy,
                backorder_limit = excluded.backorder_limit, in_stock = excluded.in_stock
            """);
    }

    public static Task<StockValueReport> ValueAsync(DbSession session, string currency) => session.FirstAsync(
        $"""
        select count(*), coalesce(sum(s.on_hand), 0), count(*) filter (where p.amount is null), {Sql.Sum("s.on_hand * p.amount")}
        from stock_levels s left join sku_prices p on p.sku = s.sku and p.currency = {currency}
        where s.policy <> 'untracked' and s.on_hand > 0
        """,
        row => new StockValueReport(row.Int(0), row.Long(1), new(row.Sum(3), currency), row.Int(2)),
        new StockValueReport(0, 0, new(0, currency), 0));

    private static string NameOf(StockPolicy policy) => JsonNamingPolicy.SnakeCaseLower.ConvertName(policy.ToString());

    private static StockPolicy PolicyOf(string name) => Enum.Parse<StockPolicy>(name, ignoreCase: true);
}
