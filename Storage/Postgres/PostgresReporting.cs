using ActorShop.Storage.Reporting;

namespace ActorShop.Storage.Postgres;

/// <summary>How facts change the tables of the read models: as statements, which a projection sends together.</summary>
internal static class PostgresReporting
{
    /// <summary>Empties the tables.</summary>
    public const string Clear =
        "delete from products; delete from product_skus; delete from product_prices; delete from sku_prices; delete from categories; "
        + "delete from stock_levels; delete from orders; delete from sold; delete from corrections";

    /// <summary>The effects of events. Facts of one stream come in order; those of different streams in any.</summary>
    /// <remarks>A SKU that everybody buys changes in every other event: of its levels the last one is written, of its sales the sum.</remarks>
    public static IEnumerable<PostgresCommand> CommandsOf(IEnumerable<(EventRow Row, Fact Fact)> events)
    {
        var levels = new Dictionary<string, Fact.StockChanged>(StringComparer.Ordinal);
        var sold = new Dictionary<(DateOnly Day, string Sku, string Currency), (long Units, long Revenue)>();
        foreach (var (row, fact) in events)
        {
            if (fact is Fact.StockChanged level)
            {
                levels[level.Sku] = level with { Policy = level.Policy ?? levels.GetValueOrDefault(level.Sku)?.Policy };
                continue;
            }

            foreach (var command in CommandsOf(row, fact))
            {
                yield return command;
            }

            if (fact is Fact.OrderChanged { Confirmed: true, Order: { } order })
            {
                foreach (var line in order.Items)
                {
                    var key = (Correction.DayOf(order.PlacedAt), line.Sku, line.LineTotal.Currency);
                    var (units, revenue) = sold.GetValueOrDefault(key);
                    sold[key] = (units + line.Quantity, revenue + line.LineTotal.Amount);
                }
            }
        }

        foreach (var group in levels.Values.GroupBy(static level => level.Policy is null))
        {
            yield return OfLevels([.. group], arePoliciesKept: group.Key);
        }

        if (sold.Count > 0)
        {
            yield return OfSold(sold);
        }
    }

    private static IEnumerable<PostgresCommand> CommandsOf(EventRow row, Fact fact) => fact switch
    {
        Fact.OrderChanged order => Of(row, order),
        Fact.ProductStored(var product) => Of(product),
        Fact.CategoryStored(var category) =>
        [
            new(
                "insert into categories (code, name, archived, version) values ($1, $2, $3, $4) "
                + "on conflict (code) do update set name = excluded.name, archived = excluded.archived, version = excluded.version",
                category.Code, category.Name, category.Archived, category.Version),
        ],
        Fact.EntryPosted(var entry) => [Of(Correction.Of(row, entry))],
        _ => throw new System.Diagnostics.UnreachableException($"No table is made from {fact.GetType().Name}."),
    };

    private static PostgresCommand OfLevels(Fact.StockChanged[] levels, bool arePoliciesKept) => new(
        "insert into stock_levels (sku, on_hand, reserved, policy) select * from unnest($1, $2, $3, $4) "
        + "on conflict (sku) do update set on_hand = excluded.on_hand, reserved = excluded.reserved"
        + (arePoliciesKept ? string.Empty : ", policy = excluded.policy"),
        Array.ConvertAll(levels, static level => level.Sku),
        Array.ConvertAll(levels, static level => level.OnHand),
        Array.ConvertAll(levels, static level => level.Reserved),
        Array.ConvertAll(levels, static level => level.Policy ?? "tracked"));

    private static PostgresCommand OfSold(Dictionary<(DateOnly Day, string Sku, string Currency), (long Units, long Revenue)> sold) => new(
        "insert into sold as s (day, sku, currency, units, revenue) select * from unnest($1, $2, $3, $4, $5) "
        + "on conflict (day, sku, currency) do update set units = s.units + excluded.units, revenue = s.revenue + excluded.revenue",
        sold.Keys.Select(static key => key.Day).ToArray(),
        sold.Keys.Select(static key => key.Sku).ToArray(),
        sold.Keys.Select(static key => key.Currency).ToArray(),
        sold.Values.Select(static sums => sums.Units).ToArray(),
        sold.Values.Select(static sums => sums.Revenue).ToArray());

    private static IEnumerable<PostgresCommand> Of(ProductPart product)
    {
        yield return new("delete from product_skus where product = $1", product.Id);
        yield return new("delete from product_prices where product = $1", product.Id);
        yield return new("delete from sku_prices where product = $1", product.Id);
        yield return new(
            "insert into products (id, name, folded, category, skus, created_at, archived) values ($1, $2, $3, $4, $5, $6, $7) "
            + "on conflict (id) do update set name = excluded.name, folded = excluded.folded, category = excluded.category, "
            + "skus = excluded.skus, created_at = excluded.created_at, archived = excluded.archived",
            product.Id,
            product.Name,
            SearchText.Folded(product.Name),
            product.Category,
            product.Variants.Select(static v => v.Sku).ToArray(),
            product.CreatedAt,
            product.Archived);
        foreach (var variant in product.Variants)
        {
            yield return new("insert into product_skus (product, sku) values ($1, $2) on conflict do nothing", product.Id, variant.Sku);
            foreach (var price in variant.Prices)
            {
                yield return new(
                    "insert into sku_prices (sku, currency, amount, product) values ($1, $2, $3, $4) "
                    + "on conflict (sku, currency) do update set amount = excluded.amount, product = excluded.product",
                    variant.Sku, price.Currency, price.Amount, product.Id);
                yield return new(
                    "insert into product_prices as p (product, currency, amount) values ($1, $2, $3) "
                    + "on conflict (product, currency) do update set amount = least(p.amount, excluded.amount)",
                    product.Id, price.Currency, price.Amount);
            }
        }
    }

    private static IEnumerable<PostgresCommand> Of(EventRow row, Fact.OrderChanged change)
    {
        if (change.Order is { } order)
        {
            yield return new(
                "insert into orders as o (id, status, total, currency, lines, units, customer_id, external_id, cart, placed_at, placed_day, counted) "
                + "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
                + "on conflict (id) do update set status = excluded.status, counted = o.counted or excluded.counted",
                order.Id,
                change.Status,
                order.Totals.Total.Amount,
                order.Totals.Total.Currency,
                order.Items.Length,
                order.Items.Sum(static line => line.Quantity),
                order.CustomerId,
                order.ExternalId,
                order.Cart,
                order.PlacedAt,
                Correction.DayOf(order.PlacedAt),
                change.Confirmed);
        }
        else if (change.Status is not null)
        {
            yield return new("update orders set status = $2 where id = $1", row.Stream, change.Status);
        }

        if (change.Refund is { } refund)
        {
            yield return Of(Correction.Of(row, refund));
        }
    }

    private static PostgresCommand Of(Correction correction) => new(
        "insert into corrections (stream, seq, day, currency, document, refunded, credited, entry, lines) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        correction.Stream,
        correction.Sequence,
        correction.Day,
        correction.Currency,
        correction.Document,
        correction.Refunded,
        correction.Credited,
        correction.Entry,
        correction.Lines);
}
