using Npgsql;
using static ActorShop.Rival.Sql;

namespace ActorShop.Rival;

/// <summary>Carts: each change one round trip and one transaction.</summary>
internal sealed class Carts(NpgsqlDataSource source)
{
    private const string Create = "insert into carts (id, currency, created_at) values ($1, $2, $3)";

    // The row of the cart is locked by its change, which puts the changes of a cart and its checkout in one line.
    private const string Put =
        """
        with cart as (
            update carts c set version = version + 1
            where id = $1 and status = 'open' and exists (select from skus s where s.sku = $2 and s.currency = c.currency)
            returning id)
        insert into cart_lines (cart_id, sku, quantity)
        select id, $2, $3 from cart
        on conflict (cart_id, sku) do update set quantity = excluded.quantity
        """;

    private const string Read =
        """
        select c.currency, c.status, c.order_id, c.created_at, c.version, l.sku, s.name, l.quantity, s.price
        from carts c left join cart_lines l on l.cart_id = c.id left join skus s on s.sku = l.sku
        where c.id = $1 order by l.position
        """;

    public async Task PostAsync(HttpContext http)
    {
        if (await http.ReadAsync(RivalJson.Default.CreateCart) is not ({ Currency.Length: 3 } request, _))
        {
            await http.WriteAsync(new ProblemBody(400, "malformed"));
            return;
        }

        var cart = CartBody.Of(Ids.Next("cart_"), request.Currency, "open", [], order: null, TimeProvider.System.GetUtcNow(), 1);
        await using (var command = source.CreateCommand(Create))
        {
            command.Parameters.Add(P(cart.Id));
            command.Parameters.Add(P(cart.Currency));
            command.Parameters.Add(P(cart.CreatedAt.UtcDateTime));
            await command.ExecuteNonQueryAsync();
        }

        await http.WriteAsync(201, cart, RivalJson.Default.CartBody, $"/v1/carts/{cart.Id}", cart.Version);
    }

    public async Task GetAsync(HttpContext http)
    {
        await using var batch = source.CreateBatch();
        batch.Add(Read, P((string)http.Request.RouteValues["id"]!));
        await using var reader = await batch.ExecuteReaderAsync();
        await AnswerAsync(http, await ReadAsync(reader, (string)http.Request.RouteValues["id"]!));
    }

    public async Task PutItemAsync(HttpContext http)
    {
        var (id, sku) = ((string)http.Request.RouteValues["id"]!, (string)http.Request.RouteValues["sku"]!);
        if (await http.ReadAsync(RivalJson.Default.PutItem) is not ({ Quantity: >= 1 and <= 100_000 } request, _))
        {
            await http.WriteAsync(new ProblemBody(400, "malformed"));
            return;
        }

        CartBody? cart;
        bool isChanged;
        await using (var batch = source.CreateBatch())
        {
            batch.Add(Put, P(id), P(sku), P(request.Quantity));
            batch.Add(Read, P(id));
            await using var reader = await batch.ExecuteReaderAsync();
            cart = await ReadAsync(reader, id);
            isChanged = reader.RecordsAffected > 0;
        }

        var refusal = isChanged || cart is null ? null
            : cart.Status is "open" ? new ProblemBody(422, "not_offered", sku)
            : new ProblemBody(409, "cart_ordered");
        await (refusal is null ? AnswerAsync(http, cart) : http.WriteAsync(refusal));
    }

    private static Task AnswerAsync(HttpContext http, CartBody? cart) => cart is null
        ? http.WriteAsync(new ProblemBody(404, "cart_not_found"))
        : http.WriteAsync(200, cart, RivalJson.Default.CartBody, version: cart.Version);

    private static async Task<CartBody?> ReadAsync(NpgsqlDataReader reader, string id)
    {
        if (!await reader.ReadAsync())
        {
            return null;
        }

        var currency = reader.GetString(0);
        var (status, order, createdAt, version) = (
            reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt64(4));
        var lines = new List<LineBody>();
        do
        {
            if (!reader.IsDBNull(5))
            {
                lines.Add(LineBody.Of(reader.GetString(5), reader.GetString(6), reader.GetInt32(7), reader.GetInt64(8), currency));
            }
        }
        while (await reader.ReadAsync());

        return CartBody.Of(id, currency, status, lines, order, createdAt, version);
    }
}
