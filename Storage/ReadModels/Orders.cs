using System.Text.Json;
using ActorShop.Orders;
using ActorShop.Reporting;

namespace ActorShop.Storage.ReadModels;

internal static class Orders
{
    /// <summary>Adds an order. The event that added it first decides on all but its status and whether it counts as a sale.</summary>
    public static void Add(Dictionary<string, Listed> orders, SoldOrder order, string? email, Locality locality, OrderStatus status)
    {
        var isConfirmed = status is OrderStatus.Confirmed;
        var id = order.Id.Value;
        orders[id] = orders.TryGetValue(id, out var before)
            ? before with { Status = NameOf(status), Counted = before.Counted || isConfirmed }
            : new(
                id, DigitsOf(Order.NumberOf(order.Id)), SearchText.FoldedEmail(email), NameOf(status), order.Totals.Total.Amount, order.Totals.Total.Currency,
                order.Items.Length, order.Items.Sum(static line => (long)line.Quantity), order.CustomerId, order.ExternalId, order.Cart?.Value,
                order.PlacedAt, locality.DayOf(order.PlacedAt), isConfirmed);
    }

    /// <summary>Changes the status of an order among those that are added, or else of a stored one.</summary>
    public static void Change(Dictionary<string, Listed> orders, Dictionary<string, Changed> statuses, string id, OrderStatus status)
    {
        if (orders.TryGetValue(id, out var added))
        {
            orders[id] = added with { Status = NameOf(status) };
        }
        else
        {
            statuses[id] = new(id, NameOf(status));
        }
    }

    public static Sql Put(Dialect dialect, IReadOnlyCollection<Listed> orders) => Sql.Of(
        $"""
        insert into orders (id, number, email, status, total, currency, lines, units, customer_id, external_id, cart, placed_at, placed_day, counted)
        select r.id, r.number, r.email, r.status, r.total, r.currency, r.lines, r.units, r.customer_id, r.external_id, r.cart, r.placed_at, r.placed_day, r.counted
        from {dialect.Rows(orders, Listed.Columns)} where true
        on conflict (id) do update set status = excluded.status, counted = orders.counted or excluded.counted
        """);

    public static Sql SetStatus(Dialect dialect, IReadOnlyCollection<Changed> statuses) => Sql.Of(
        $"update orders set status = r.status from {dialect.Rows(statuses, "id text, status text")} where orders.id = r.id");

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

    /// <param name="Counted">The order was confirmed. It remains a sale if it is cancelled later.</param>
    internal sealed record Listed(
        string Id, string Number, string? Email, string Status, long Total, string Currency, int Lines, long Units, string? CustomerId, string? ExternalId,
        string? Cart, DateTimeOffset PlacedAt, DateOnly PlacedDay, bool Counted)
    {
        public const string Columns =
            "id text, number text, email text, status text, total bigint, currency text, lines integer, units bigint, customer_id text, external_id text, "
            + "cart text, placed_at timestamptz, placed_day date, counted boolean";
    }

    internal sealed record Changed(string Id, string Status);
}
