using ActorShop.Reporting;
using ActorShop.Storage.Reporting;
using Npgsql;

namespace ActorShop.Storage.Postgres;

internal sealed partial class PostgresReadModels
{
    /// <inheritdoc/>
    public Task<Page<OrderSummary>> FindOrdersAsync(OrderQuery query)
    {
        var filter = new PostgresFilter()
            .AndIf(query.Status is null, "status <> 'failed'")
            .AndIf(query.Status is not null, "status = ?", query.Status is { } status ? OrderStatusName.Of(status) : null)
            .AndIf(query.CustomerId is not null, "customer_id = ?", query.CustomerId)
            .AndIf(query.ExternalId is not null, "external_id = ?", query.ExternalId)
            .AndIf(query.From is not null, "placed_at >= ?", query.From)
            .AndIf(query.To is not null, "placed_at < ?", query.To);
        if (query.After is { } after)
        {
            var (placedAt, id) = Cursor.SplitNumber(after);
            filter.And(query.Descending ? "(placed_at, id) < (?, ?)" : "(placed_at, id) > (?, ?)", Micros.ToMoment(placedAt), id);
        }

        var direction = query.Descending ? "desc" : "asc";
        var sql = PostgresFilter.Numbered(
            "select id, status, total, currency, lines, customer_id, external_id, cart, placed_at from orders "
            + $"where {filter.Sql} order by placed_at {direction}, id {direction} limit ?");
        return database.QueryAsync(async question => Pages.Of(
            await question.SelectAsync(sql, static row => Order(row), filter.Values([], query.Limit + 1)),
            query.Limit,
            static o => o,
            static o => Cursor.Of(Micros.Of(o.PlacedAt), o.Id.Value),
            await LagSecondsAsync(question)));
    }

    private static OrderSummary Order(NpgsqlDataReader row) => new(
        new(row.GetString(0)),
        OrderStatusName.Parse(row.GetString(1)),
        new(row.GetInt64(2), row.GetString(3)),
        row.GetInt32(4),
        row.TextOrNull(5),
        row.TextOrNull(6),
        row.IsDBNull(7) ? null : new CartId(row.GetString(7)),
        row.Moment(8));
}
