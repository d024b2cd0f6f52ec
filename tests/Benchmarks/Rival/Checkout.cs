using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using static ActorShop.Rival.Sql;

namespace ActorShop.Rival;

/// <summary>A checkout as one transaction of three round trips: claim and read, write, commit.</summary>
/// <remarks>
/// <para>
/// Every checkout takes its locks in one order: the key, the cart, then the stocks by SKU. Stocks are last because the row of a hot SKU is what
/// the others wait for: it is held for one statement, the commit's round trip and its flush.
/// </para>
/// <para>
/// The provider is asked inside the transaction, before any stock is touched. That is what a service of one transaction does, and it is
/// right only as long as the provider is this process: with a real one, a crash between its answer and the commit leaves a hold that
/// no record names.
/// </para>
/// </remarks>
internal sealed class Checkout(NpgsqlDataSource source)
{
    private const string Claim = "insert into idempotency (scope, key, fingerprint, at) values ($1, $2, $3, $4) on conflict do nothing";

    private const string Keep = "update idempotency set status = $3, location = $4, body = $5 where scope = $1 and key = $2";

    private const string FindKept = "select fingerprint, status, location, body from idempotency where scope = $1 and key = $2";

    private const string LockCart = "select currency, status from carts where id = $1 for update";

    // What is there now is a hint: it refuses early what is gone, and takes nothing.
    private const string ReadLines =
        """
        select l.sku, k.name, l.quantity, k.price, s.on_hand
        from cart_lines l join skus k on k.sku = l.sku join stock s on s.sku = l.sku
        where l.cart_id = $1 order by l.position
        """;

    private const string Take =
        """
        with taken as (
            update stock set on_hand = on_hand - $2, version = version + 1 where sku = $1 and on_hand >= $2 returning version)
        insert into stock_ledger (sku, version, delta, reference, at)
        select $1, version, -$2, $3, $4 from taken
        """;

    private const string PutOrder =
        """
        insert into orders (id, number, cart_id, status, currency, total, email, address, placed_at, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string PutLines =
        """
        insert into order_lines (order_id, line, sku, name, quantity, price)
        select $1, l.n, l.sku, l.name, l.quantity, l.price
        from unnest($2, $3, $4, $5) with ordinality as l (sku, name, quantity, price, n)
        """;

    private const string PutHistory =
        """
        insert into order_history (order_id, seq, at, step)
        select $1, h.n, $2, h.step from unnest($3) with ordinality as h (step, n)
        """;

    private const string PutPayment =
        "insert into payments (id, order_id, key, state, amount, currency, at) values ($1, $2, $3, 'authorised', $4, $5, $6)";

    private const string CloseCart = "update carts set status = 'ordered', order_id = $2, version = version + 1 where id = $1";

    private const string PutOutbox = "insert into outbox (topic, order_id, data) values ('order_confirmed', $1, $2)";

    private static readonly string[] Steps = ["placed", "reserved", "authorised", "confirmed"];

    public async Task PostAsync(HttpContext http)
    {
        var cart = (string)http.Request.RouteValues["id"]!;
        if (http.Request.Headers["Idempotency-Key"] is not [{ Length: >= 1 and <= 255 } key])
        {
            await http.WriteAsync(new ProblemBody(400, "idempotency_key_required"));
            return;
        }

        if (await http.ReadAsync(RivalJson.Default.PlaceOrder) is not var (request, bytes)
            || request.Email.IndexOf('@', StringComparison.Ordinal) < 1 || request.ShippingAddress.Country.Length != 2)
        {
            await http.WriteAsync(new ProblemBody(400, "malformed"));
            return;
        }

        var asked = new Request(cart, $"POST /v1/carts/{cart}/checkout", key, SHA256.HashData(bytes), request);
        while (true)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            switch (await BeginAsync(connection, asked))
            {
                case Found.Answered { Answer: var kept }:
                    await http.WriteAsync(kept, isReplay: true);
                    return;
                case Found.Refused { Problem: var problem, IsKept: false }:
                    await http.WriteAsync(problem);
                    return;
                case Found.Refused { Problem: var problem }:
                    var refusal = new Kept(problem.Status, Location: null, JsonSerializer.SerializeToUtf8Bytes(problem, RivalJson.Default.ProblemBody));
                    await KeepAsync(connection, asked, refusal);
                    await transaction.CommitAsync();
                    await http.WriteAsync(refusal);
                    return;
                case Found.Ready ready when await PlaceAsync(connection, asked, ready) is { } placed:
                    await transaction.CommitAsync();
                    await http.WriteAsync(placed);
                    return;
            }

            // Another checkout took the last units. This one is rolled back, and the next read shows how many are left.
        }
    }

    /// <summary>The first round trip: the key is claimed, the cart locked and read.</summary>
    private static async Task<Found> BeginAsync(NpgsqlConnection connection, Request asked)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Claim, P(asked.Scope), P(asked.Key), P(asked.Fingerprint), P(DateTime.UtcNow));
        batch.Add(FindKept, P(asked.Scope), P(asked.Key));
        batch.Add(LockCart, P(asked.Cart));
        batch.Add(ReadLines, P(asked.Cart));
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.ReadAsync();
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(asked.Fingerprint))
        {
            return new Found.Refused(new(422, "idempotency_key_reused"), IsKept: false);
        }

        if (!reader.IsDBNull(1))
        {
            return new Found.Answered(new(reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetFieldValue<byte[]>(3)));
        }

        await reader.NextResultAsync();
        if (!await reader.ReadAsync())
        {
            return new Found.Refused(new(404, "cart_not_found"), IsKept: false);
        }

        var (currency, status) = (reader.GetString(0), reader.GetString(1));
        if (status is not "open")
        {
            return new Found.Refused(new(409, "cart_ordered"), IsKept: true);
        }

        await reader.NextResultAsync();
        var lines = new List<LineBody>();
        while (await reader.ReadAsync())
        {
            var (sku, quantity, left) = (reader.GetString(0), reader.GetInt32(2), reader.GetInt32(4));
            if (quantity > left)
            {
                return new Found.Refused(new(422, "insufficient_stock", sku, left), IsKept: true);
            }

            lines.Add(LineBody.Of(sku, reader.GetString(1), quantity, reader.GetInt64(3), currency));
        }

        return lines.Count == 0 ? new Found.Refused(new(422, "cart_empty"), IsKept: true)
            : Provider.Authorise(asked.Body.Payment.Token) is { } code ? new Found.Refused(new(402, "payment_declined", DeclineCode: code), IsKept: true)
            : new Found.Ready(lines, currency);
    }

    /// <summary>The second round trip: everything that the order is.</summary>
    /// <returns>The answer, which is kept; null where stock was short after all.</returns>
    private static async Task<Kept?> PlaceAsync(NpgsqlConnection connection, Request asked, Found.Ready found)
    {
        var (id, now) = (Ids.Next("ord_"), TimeProvider.System.GetUtcNow());
        var (at, lines) = (now.UtcDateTime, found.Lines);
        var order = OrderBody.Of(id, asked.Cart, found.Currency, lines, asked.Body.Email, asked.Body.ShippingAddress, now, Steps.Length);
        var answer = new Kept(201, $"/v1/orders/{id}", JsonSerializer.SerializeToUtf8Bytes(order, RivalJson.Default.OrderBody));
        var address = JsonSerializer.Serialize(order.ShippingAddress, RivalJson.Default.AddressBody);

        await using var batch = new NpgsqlBatch(connection);
        batch.Add(
            PutOrder, P(id), P(order.Number), P(asked.Cart), P(order.Status), P(found.Currency), P(order.Total.Amount), P(order.Email),
            Json(address), P(at), P(order.Version));
        batch.Add(
            PutLines, P(id), P(lines.ConvertAll(static l => l.Sku)), P(lines.ConvertAll(static l => l.Name)),
            P(lines.ConvertAll(static l => l.Quantity)), P(lines.ConvertAll(static l => l.UnitPrice.Amount)));
        batch.Add(PutHistory, P(id), P(at), P(Steps));
        batch.Add(PutPayment, P(Ids.Next("pay_")), P(id), P($"{id}.authorise"), P(order.Total.Amount), P(found.Currency), P(at));
        batch.Add(CloseCart, P(asked.Cart), P(id));
        batch.Add(PutOutbox, P(id), P(answer.Body));
        batch.Add(Keep, P(asked.Scope), P(asked.Key), P(answer.Status), P(answer.Location), P(answer.Body));
        var takes = new List<NpgsqlBatchCommand>(lines.Count);
        foreach (var line in lines.OrderBy(static l => l.Sku, StringComparer.Ordinal))
        {
            takes.Add(batch.Add(Take, P(line.Sku), P(line.Quantity), P(id), P(at)));
        }

        await batch.ExecuteNonQueryAsync();
        return takes.TrueForAll(static taken => taken.RecordsAffected == 1) ? answer : null;
    }

    private static async Task KeepAsync(NpgsqlConnection connection, Request asked, Kept answer)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Keep, P(asked.Scope), P(asked.Key), P(answer.Status), P(answer.Location), P(answer.Body));
        await batch.ExecuteNonQueryAsync();
    }

    private sealed record Request(string Cart, string Scope, string Key, byte[] Fingerprint, PlaceOrder Body);

    private abstract record Found
    {
        private Found()
        {
        }

        public sealed record Answered(Kept Answer) : Found;

        /// <summary>There is nothing to place; whether that is what the key will always be answered.</summary>
        public sealed record Refused(ProblemBody Problem, bool IsKept) : Found;

        /// <summary>The cart is locked, and this is in it.</summary>
        public sealed record Ready(List<LineBody> Lines, string Currency) : Found;
    }
}

/// <summary>The payment provider, in this process and always at hand.</summary>
internal static class Provider
{
    public static string? Authorise(string token) => token is "tok_declined" ? "card_declined" : null;
}
