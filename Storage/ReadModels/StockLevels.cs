using System.Text.Json;
using ActorShop.Inventory;
using ActorShop.Reporting;

namespace ActorShop.Storage.ReadModels;

internal static class StockLevels
{
    /// <summary>Notes an event of a SKU as its last one.</summary>
    public static void Add(Dictionary<string, Level> levels, string sku, StockEvent happened) => levels[sku] = new(
        sku,
        happened.OnHand,
        happened.Reserved,
        happened is StockEvent.PolicyChanged change ? JsonNamingPolicy.SnakeCaseLower.ConvertName(change.Policy.ToString()) : levels.GetValueOrDefault(sku)?.Policy);

    /// <summary>Stores levels. A policy that is null stays as it was.</summary>
    public static Sql Put(Dialect dialect, IReadOnlyCollection<Level> levels) => Sql.Of(
        $"""
        insert into stock_levels (sku, on_hand, reserved, policy)
        select r.sku, r.on_hand, r.reserved, coalesce(r.policy, (select policy from stock_levels s where s.sku = r.sku), 'tracked')
        from {dialect.Rows(levels, "sku text, on_hand bigint, reserved bigint, policy text")} where true
        on conflict (sku) do update set on_hand = excluded.on_hand, reserved = excluded.reserved, policy = excluded.policy
        """);

    public static Task<StockValueReport> ValueAsync(DbSession session, string currency) => session.FirstAsync(
        $"""
        select count(*), coalesce(sum(s.on_hand), 0), count(*) filter (where p.amount is null), {Sql.Sum("s.on_hand * p.amount")}
        from stock_levels s left join sku_prices p on p.sku = s.sku and p.currency = {currency}
        where s.policy <> 'untracked' and s.on_hand > 0
        """,
        row => new StockValueReport(row.Int(0), row.Long(1), new(row.Sum(3), currency), row.Int(2)),
        new StockValueReport(0, 0, new(0, currency), 0));

    internal sealed record Level(string Sku, long OnHand, long Reserved, string? Policy);
}
