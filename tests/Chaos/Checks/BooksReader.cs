using System.Collections.Concurrent;
using System.Text.Json;
using ActorShop.Cli.Shop;
using ActorShop.Testing;
using ActorShop.Testing.Customers;
using ActorShop.Testing.Invariants;
using Npgsql;

namespace ActorShop.Chaos.Checks;

/// <summary>Reads the books of a shop: over REST what REST shows, else with SQL, and the journal of the payment provider.</summary>
internal sealed class BooksReader(ShopClient shop, IReadOnlyList<Good> goods, string database, Uri provider) : IBookkeeper
{
    private const int Readers = 16;
    private const int JournalPage = 10_000;
    private const int Shown = 20;

    // Orders of carts, and those that clerks import: a replayed history has others. Times of one machine put events in the order of their writes.
    private const string OrderIds =
        "select stream from events where type = 'placed' and stream like 'ord\\_%' and (data -> 'command' ->> 'cart' is not null or data -> 'command' ->> 'externalId' like 'clerk-%')";

    private const string Events =
        $"select stream, seq, data::text from events where stream = any(@stocks) or stream like 'idem/%' or stream in ({OrderIds}) or (stream like 'cart\\_%' and type in ('checkout-began', 'ordered', 'reopened')) order by at, stream, seq";

    public async Task<Books> ReadAsync(IReadOnlyList<string> unfinished, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var events = await RowsAsync(source, Events, static row => StoredEvent.Read(row.GetString(0), row.GetInt64(1), row.GetString(2)), cancellationToken);
        var postings = await RowsAsync(
            source, "select stream, seq, account, amount, currency from postings",
            static row => new PostingRow(row.GetString(0), new(row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetString(4))), cancellationToken);
        var listed = new ListedBooks(
            (await RowsAsync(source, "select id, status from orders", static row => (Id: row.GetString(0), Status: row.GetString(1)), cancellationToken))
                .ToDictionary(static row => row.Id, static row => row.Status, StringComparer.Ordinal),
            (await RowsAsync(
                source, "select stream, sum(refunded)::bigint from corrections group by stream", static row => (Id: row.GetString(0), Sum: row.GetInt64(1)), cancellationToken))
                .ToDictionary(static row => row.Id, static row => row.Sum, StringComparer.Ordinal),
            (await RowsAsync(
                source, "select sku, on_hand, reserved from stock_levels", static row => (Sku: row.GetString(0), OnHand: row.GetInt64(1), Reserved: row.GetInt64(2)), cancellationToken))
                .ToDictionary(static row => row.Sku, static row => (row.OnHand, row.Reserved), StringComparer.Ordinal));

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken };
        var orders = new ConcurrentDictionary<string, OrderBook>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(await RowsAsync(source, OrderIds, static row => row.GetString(0), cancellationToken), parallel, async (id, stop) =>
        {
            if (await shop.SendAsync(ShopRequest.Get($"/v1/orders/{id}"), stop) is { IsFine: true } answer)
            {
                orders[id] = Order(answer.Body);
            }
        });
        var stocks = new ConcurrentDictionary<string, StockBook>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(goods, parallel, async (good, stop) => stocks[good.Sku] = await StockAsync(good.Sku, stop));
        return new Books(orders, stocks, [.. events.OfType<StoredEvent>()], await ProviderAsync(cancellationToken), postings, listed, unfinished);
    }

    public async Task<IReadOnlyList<string>> FindUnfinishedAsync(CancellationToken cancellationToken)
    {
        var unfinished = new List<string>();
        await foreach (var saga in shop.ListAsync("/v1/admin/sagas?state=nonterminal", cancellationToken))
        {
            unfinished.Add($"{saga.GetProperty("grain").GetString()} is {saga.GetProperty("step").GetString()}");
            if (unfinished.Count >= Shown)
            {
                return unfinished;
            }
        }

        await foreach (var message in shop.ListAsync("/v1/admin/outbox", cancellationToken))
        {
            unfinished.Add($"message {message.GetProperty("sequence").GetInt64()} of {message.GetProperty("stream").GetString()} is not delivered");
            if (unfinished.Count >= Shown)
            {
                return unfinished;
            }
        }

        foreach (var good in goods)
        {
            var page = await shop.ReadAsync($"/v1/admin/reservations?sku={ShopReads.Escape(good.Sku)}", cancellationToken);
            unfinished.AddRange(page.GetProperty("data").EnumerateArray().Select(
                reservation => $"{reservation.GetProperty("quantity").GetInt32()} {good.Sku} are reserved for {reservation.GetProperty("orderId").GetString()}"));
        }

        return unfinished;
    }

    private static OrderBook Order(JsonElement order) => new(
        order.GetProperty("id").GetString()!,
        order.GetProperty("status").GetString()!,
        order.GetProperty("paymentStatus").GetString()!,
        TextOf(order, "cartId"),
        TextOf(order, "externalId"),
        [.. order.GetProperty("items").EnumerateArray().Select(static line => new LineBook(
            line.GetProperty("sku").GetString()!, line.GetProperty("quantity").GetInt32(), AmountOf(line, "unitPrice")))],
        AmountOf(order, "total"),
        AmountOf(order, "refunded"));

    private async Task<StockBook> StockAsync(string sku, CancellationToken cancellationToken)
    {
        var level = await shop.ReadAsync($"/v1/stock/{ShopReads.Escape(sku)}", cancellationToken);
        return new StockBook(level.GetProperty("onHand").GetInt64(), level.GetProperty("reserved").GetInt64(), level.GetProperty("version").GetInt64());
    }

    private async Task<List<ProviderEntry>> ProviderAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = provider };
        var entries = new List<ProviderEntry>();
        long after = 0;
        while (true)
        {
            var text = await http.GetStringAsync(new Uri($"/journal?after={after}&limit={JournalPage}", UriKind.Relative), cancellationToken);
            var before = entries.Count;
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var document = JsonDocument.Parse(line);
                var entry = document.RootElement;
                after = entry.GetProperty("sequence").GetInt64();
                entries.Add(new ProviderEntry(
                    entry.GetProperty("key").GetString()!, entry.GetProperty("kind").GetString()!, entry.GetProperty("payment").GetString()!,
                    entry.GetProperty("amount").GetInt64(), TextOf(entry, "currency") ?? "", entry.GetProperty("outcome").GetString()!));
            }

            if (entries.Count == before)
            {
                return entries;
            }
        }
    }

    private async Task<List<T>> RowsAsync<T>(
        NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("stocks", goods.Select(static good => StoredEvent.StreamOf(good.Sku)).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static long AmountOf(JsonElement order, string name) => order.GetProperty(name).GetProperty("amount").GetInt64();
}
