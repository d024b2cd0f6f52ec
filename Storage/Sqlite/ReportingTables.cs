using System.Globalization;
using System.Text.Json;
using ActorShop.Storage.Reporting;

namespace ActorShop.Storage.Sqlite;

/// <summary>The tables of the read models, and how facts change them. Runs on the writer's thread.</summary>
internal static class ReportingTables
{
    public static void Clear(SqliteConnection connection)
    {
        foreach (var table in (ReadOnlySpan<string>)
            ["products", "product_skus", "product_prices", "sku_prices", "categories", "stock_levels", "orders", "sold", "corrections"])
        {
            connection.Execute($"delete from {table}");
        }
    }

    /// <summary>Has an event's effect. Facts of one stream come in order; those of different streams in any.</summary>
    public static void Apply(SqliteConnection connection, EventRow row, Fact fact)
    {
        switch (fact)
        {
            case Fact.StockChanged stock:
                Apply(connection, stock);
                break;
            case Fact.OrderChanged order:
                Apply(connection, row, order);
                break;
            case Fact.ProductStored(var product):
                Apply(connection, product);
                break;
            case Fact.CategoryStored(var category):
                connection.Execute(
                    "insert or replace into categories (code, name, archived, version) values (?1, ?2, ?3, ?4)",
                    category.Code, category.Name, category.Archived ? 1 : 0, category.Version);
                break;
            case Fact.EntryPosted(var entry):
                Apply(connection, Correction.Of(row, entry));
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"No table is made from {fact.GetType().Name}.");
        }
    }

    private static void Apply(SqliteConnection connection, Fact.StockChanged stock) => connection.Execute(
        "insert into stock_levels (sku, on_hand, reserved, policy) values (?1, ?2, ?3, coalesce(?4, 'tracked')) "
        + "on conflict do update set on_hand = excluded.on_hand, reserved = excluded.reserved, policy = coalesce(?4, policy)",
        stock.Sku, stock.OnHand, stock.Reserved, stock.Policy);

    private static void Apply(SqliteConnection connection, ProductPart product)
    {
        SqlValue id = product.Id;
        connection.Execute("delete from product_skus where product = ?1", id);
        connection.Execute("delete from product_prices where product = ?1", id);
        connection.Execute("delete from sku_prices where product = ?1", id);
        connection.Execute(
            "insert or replace into products (id, name, folded, category, skus, created_at, archived) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            id,
            product.Name,
            SearchText.Folded(product.Name),
            product.Category,
            JsonSerializer.SerializeToUtf8Bytes(product.Variants.Select(static v => v.Sku), ShopJson.Options),
            product.CreatedAt,
            product.Archived ? 1 : 0);
        foreach (var variant in product.Variants)
        {
            connection.Execute("insert into product_skus (product, sku) values (?1, ?2)", id, variant.Sku);
            foreach (var price in variant.Prices)
            {
                connection.Execute(
                    "insert or replace into sku_prices (sku, currency, amount, product) values (?1, ?2, ?3, ?4)",
                    variant.Sku, price.Currency, price.Amount, id);
                connection.Execute(
                    "insert into product_prices (product, currency, amount) values (?1, ?2, ?3) "
                    + "on conflict do update set amount = min(amount, excluded.amount)",
                    id, price.Currency, price.Amount);
            }
        }
    }

    private static void Apply(SqliteConnection connection, EventRow row, Fact.OrderChanged change)
    {
        if (change.Order is { } order)
        {
            connection.Execute(
                "insert into orders (id, status, total, currency, lines, units, customer_id, external_id, cart, placed_at, placed_day, counted) "
                + "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
                + "on conflict do update set status = excluded.status, counted = max(counted, excluded.counted)",
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
                Text(Correction.DayOf(order.PlacedAt)),
                change.Confirmed ? 1 : 0);
            if (change.Confirmed)
            {
                AddToSold(connection, order);
            }
        }
        else if (change.Status is not null)
        {
            connection.Execute("update orders set status = ?2 where id = ?1", row.Stream, change.Status);
        }

        if (change.Refund is { } refund)
        {
            Apply(connection, Correction.Of(row, refund));
        }
    }

    private static void AddToSold(SqliteConnection connection, OrderPart order)
    {
        SqlValue day = Text(Correction.DayOf(order.PlacedAt));
        foreach (var sku in order.Items.GroupBy(static line => (line.Sku, line.LineTotal.Currency)))
        {
            connection.Execute(
                "insert into sold (day, sku, currency, units, revenue) values (?1, ?2, ?3, ?4, ?5) "
                + "on conflict do update set units = units + excluded.units, revenue = revenue + excluded.revenue",
                day, sku.Key.Sku, sku.Key.Currency, sku.Sum(static line => line.Quantity), sku.Sum(static line => line.LineTotal.Amount));
        }
    }

    private static void Apply(SqliteConnection connection, Correction correction) => connection.Execute(
        "insert into corrections (stream, seq, day, currency, document, refunded, credited, entry, lines) "
        + "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        correction.Stream,
        correction.Sequence,
        Text(correction.Day),
        correction.Currency,
        correction.Document,
        correction.Refunded,
        correction.Credited,
        correction.Entry,
        correction.Lines);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
