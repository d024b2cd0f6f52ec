using System.Text.Json;
using ActorShop.Orders;
using ActorShop.Reporting;

namespace ActorShop.Storage.ReadModels;

internal static class Orders
{
    /// <summary>Stores an order. <c>counted</c> marks a sale, which it stays if the order is cancelled later.</summary>
    public static Sql Put(SoldOrder order, string? email, Locality locality, OrderStatus status) => Sql.Of(
        $"""
        insert into orders (id, number, email, status, total, currency, lines, units, customer_id, external_id, cart, placed_at, placed_day, counted)
        values ({order.Id.Value}, {DigitsOf(Order.NumberOf(order.Id))}, {SearchText.FoldedEmail(email)}, {NameOf(status)},
                {order.Totals.Total.Amount}, {order.Totals.Total.Currency}, {order.Items.Length}, {order.Items.Sum(static line => (long)line.Quantity)}, {order.CustomerId},
                {order.ExternalId}, {order.Cart?.Value}, {order.PlacedAt}, {locality.DayOf(order.PlacedAt)}, {status is OrderStatus.Confirmed})
        on conflict (id) do update set status = excluded.status, counted = orders.counted or excluded.counted
        """);

    public static Sql SetStatus(string id, OrderStatus status) => Sql.Of($"update orders set status = {NameOf(status)} where id = {id}");

    public static async Task<Page<OrderSummary>> FindAsync(DbSession session, OrderQuery query)
    {
        var direction = Sql.Text(query.Descending ? "desc" : "asc");
        var filter = Sql.All(
            query.Status is { } status ? Sql.Of($"status = {NameOf(status)}") : Sql.Of($"status <> 'failed'"),
            query.CustomerId is { } customer ? Sql.Of($"customer_id = {customer}") : null,
            query.ExternalId is { } externalId ? Sql.Of($"external_id = {externalId}") : null,
            query.Number is { } number ? Sql.Of($"number = {DigitsOf(number)}") : null,
            query.Email is { } email ? Sql.Of($"email = {SearchText.FoldedEmail(email)}") : null,
            query.From is { } from ? Sql.Of($"placed_at >= {from}") : null,
            query.To is { } to ? Sql.Of($"placed_at < {to}") : null,
            query.After is { } after ? After(after, query.Descending) : null);
        var orders = await session.SelectAsync(
            $"""
            select id, status, total, currency, lines, customer_id, external_id, cart, placed_at from orders
            where {filter} order by placed_at {direction}, id {direction} limit {query.Limit + 1}
            """,
            static row => new OrderSummary(
                new(row.Text(0)),
                StatusOf(row.Text(1)),
                new(row.Long(2), row.Text(3)),
                row.Int(4),
                row.TextOrNull(5),
                row.TextOrNull(6),
                row.IsNull(7) ? null : new CartId(row.Text(7)),
                row.Moment(8),
                Order.NumberOf(new(row.Text(0)))));
        return Pages.Of(orders, query.Limit, static order => order, static order => Cursor.Of(Micros.Of(order.PlacedAt), order.Id.Value));
    }

    // People leave out the hyphen of a number, and read its digits out in lower case.
    private static string DigitsOf(string number) => string.Concat(number.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static Sql After(string position, bool descending)
    {
        var (placedAt, id) = Cursor.SplitNumber(position);
        return Sql.Of($"(placed_at, id) {Sql.Text(descending ? "<" : ">")} ({Micros.ToMoment(placedAt)}, {id})");
    }

    private static string NameOf(OrderStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    private static OrderStatus StatusOf(string name) =>
        Array.Find(Enum.GetValues<OrderStatus>(), status => string.Equals(NameOf(status), name, StringComparison.Ordinal));
}
