using System.Globalization;
using System.Text.Json;
using Npgsql;
using static ActorShop.Rival.Sql;

namespace ActorShop.Rival;

/// <summary>What is only read: orders, products, stock. One statement each.</summary>
internal sealed class Reads(NpgsqlDataSource source)
{
    private const string Order =
        """
        select o.cart_id, o.currency, o.email, o.address::text, o.placed_at, o.version, l.sku, l.name, l.quantity, l.price
        from orders o join order_lines l on l.order_id = o.id
        where o.id = $1 order by l.line
        """;

    private const string Product =
        """
        select k.product_id, k.name, k.sku, k.price, k.currency, s.on_hand > 0
        from skus k join stock s on s.sku = k.sku
        where k.product_id = $1
        """;

    private const string Products =
        """
        select k.product_id, k.name, k.sku, k.price, k.currency, s.on_hand > 0
        from skus k join stock s on s.sku = k.sku
        where k.product_id > $1 and (s.on_hand > 0 or not $2)
        order by k.product_id limit $3
        """;

    private const string Stock = "select on_hand, version from stock where sku = $1";

    public async Task GetOrderAsync(HttpContext http)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        await using var command = source.CreateCommand(Order);
        command.Parameters.Add(P(id));
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            await http.WriteAsync(new ProblemBody(404, "order_not_found"));
            return;
        }

        var (cart, currency, email, version) = (reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(5));
        var address = JsonSerializer.Deserialize(reader.GetString(3), RivalJson.Default.AddressBody)!;
        var placedAt = reader.GetFieldValue<DateTimeOffset>(4);
        var lines = new List<LineBody>();
        do
        {
            lines.Add(LineBody.Of(reader.GetString(6), reader.GetString(7), reader.GetInt32(8), reader.GetInt64(9), currency));
        }
        while (await reader.ReadAsync());

        var order = OrderBody.Of(id, cart, currency, lines, email, address, placedAt, version);
        await http.WriteAsync(200, order, RivalJson.Default.OrderBody, version: version);
    }

    public async Task GetProductAsync(HttpContext http)
    {
        await using var command = source.CreateCommand(Product);
        command.Parameters.Add(P((string)http.Request.RouteValues["id"]!));
        await using var reader = await command.ExecuteReaderAsync();
        await (await reader.ReadAsync()
            ? http.WriteAsync(200, Row(reader), RivalJson.Default.ProductBody)
            : http.WriteAsync(new ProblemBody(404, "product_not_found")));
    }

    public async Task GetProductsAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 100) : 25;
        await using var command = source.CreateCommand(Products);
        command.Parameters.Add(P(query["cursor"].ToString()));
        command.Parameters.Add(P(string.Equals(query["inStock"], "true", StringComparison.Ordinal)));
        command.Parameters.Add(P(limit + 1));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<ProductBody>(limit + 1);
        while (await reader.ReadAsync())
        {
            rows.Add(Row(reader));
        }

        var page = new ProductListBody([.. rows.Take(limit)], rows.Count > limit, rows.Count > limit ? rows[limit - 1].Id : null);
        await http.WriteAsync(200, page, RivalJson.Default.ProductListBody);
    }

    public async Task GetStockAsync(HttpContext http)
    {
        var sku = (string)http.Request.RouteValues["sku"]!;
        await using var command = source.CreateCommand(Stock);
        command.Parameters.Add(P(sku));
        await using var reader = await command.ExecuteReaderAsync();
        await (await reader.ReadAsync()
            ? http.WriteAsync(200, new(sku, reader.GetInt32(0), 0, reader.GetInt32(0), "tracked", reader.GetInt64(1)), RivalJson.Default.StockBody)
            : http.WriteAsync(new ProblemBody(404, "stock_not_found")));
    }

    private static ProductBody Row(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), reader.GetString(2), new(reader.GetInt64(3), reader.GetString(4)), [reader.GetString(2)],
        reader.GetBoolean(5));
}
