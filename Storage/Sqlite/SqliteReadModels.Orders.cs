using ActorShop.Reporting;
using ActorShop.Storage.Reporting;

namespace ActorShop.Storage.Sqlite;

internal sealed partial class SqliteReadModels
{
    /// <inheritdoc/>
    public Task<Page<OrderSummary>> FindOrdersAsync(OrderQuery query) => database.Readers.QueryAsync(connection =>
    {
        var filter = new SqlFilter()
            .AndIf(query.Status is null, "status <> 'failed'")
            .AndIf(query.Status is not null, "status = ?", query.Status is { } status ? OrderStatusName.Of(status) : null)
            .AndIf(query.CustomerId is not null, "customer_id = ?", query.CustomerId)
            .AndIf(query.ExternalId is not null, "external_id = ?", query.ExternalId)
            .AndIf(query.From is not null, "placed_at >= ?", query.From)
            .AndIf(query.To is not null, "placed_at < ?", query.To);
        if (query.After is { } after)
        {
            var (placedAt, id) = Cursor.SplitNumber(after);
            filter.And(query.Descending ? "(placed_at, id) < (?, ?)" : "(placed_at, id) > (?, ?)", placedAt, id);
        }

        var direction = query.Descending ? "desc" : "asc";
        var rows = connection.Select(
            "select id, status, total, currency, lines, customer_id, external_id, cart, placed_at from orders "
            + $"where {filter.Sql} order by placed_at {direction}, id {direction} limit ?",
            Order,
            filter.Values([], query.Limit + 1));
        return Pages.Of(
            rows, query.Limit, static o => o, static o => Cursor.Of(Micros.Of(o.PlacedAt), o.Id.Value), LagSeconds(connection));
    });

    private static OrderSummary Order(Statement row) => new(
        new(row.Text(0)),
        OrderStatusName.Parse(row.Text(1)),
        new(row.Integer(2), row.Text(3)),
        row.Number(4),
        row.TextOrNull(5),
        row.TextOrNull(6),
        row.IsNull(7) ? null : new CartId(row.Text(7)),
        row.Moment(8));
}
