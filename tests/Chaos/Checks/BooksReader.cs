using System.Collections.Concurrent;
using System.Text.Json;
using ActorShop.Cli.Shop;
using ActorShop.Testing.Customers;
using ActorShop.Testing.Invariants;
using Npgsql;

namespace ActorShop.Chaos.Checks;

/// <summary>Reads the books of a shop at rest: over REST where REST lists them, else with SQL, and the journal of the payment provider.</summary>
/// <param name="shop">The shop.</param>
/// <param name="database">The connection string of its database.</param>
/// <param name="provider">The address of the payment provider.</param>
/// <param name="clock">The clock.</param>
internal sealed class BooksReader(ShopClient shop, string database, Uri provider, TimeProvider clock)
{
    private const int Readers = 16;
    private const int JournalPage = 10_000;
    private const int WordsShown = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until no saga, message or reservation is left.</summary>
    /// <param name="goods">The SKUs whose reservations are read.</param>
    /// <param name="patience">The limit of the wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What is left at the limit; empty otherwise.</returns>
    public async Task<IReadOnlyList<string>> WaitUntilQuietAsync(
        IReadOnlyList<Good> goods, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var unfinished = await UnfinishedAsync(goods, cancellationToken);
            if (unfinished.Count == 0 || clock.GetElapsedTime(began) > patience)
            {
                return unfinished;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>Reads everything.</summary>
    public async Task<Books> ReadAsync(IReadOnlyList<Good> goods, IReadOnlyList<string> unfinished, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var events = (await RowsAsync(
                source, "select stream, type from events where stream like 'ord\\_%' order by stream, seq",
                static row => (Stream: row.GetString(0), Type: row.GetString(1)), cancellationToken))
            .ToLookup(static row => row.Stream, static row => row.Type, StringComparer.Ordinal);
        var carts = await RowsAsync(
            source, "select stream from events where type = 'placed' and stream like 'ord\\_%' and data -> 'command' ->> 'cart' is not null",
            static row => row.GetString(0), cancellationToken);
        var postings = await RowsAsync(
            source, "select stream, account, sum(amount)::bigint from postings group by stream, account",
            static row => new AccountSum(row.GetString(0), row.GetString(1), row.GetInt64(2)), cancellationToken);

        var orders = new ConcurrentDictionary<string, OrderBook>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(carts, new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken }, async (id, stop) =>
        {
            if (await shop.SendAsync(ShopRequest.Get($"/v1/orders/{id}"), stop) is { IsFine: true } answer)
            {
                orders[id] = Order(answer.Body, [.. events[id]]);
            }
        });
        var stocks = new ConcurrentDictionary<string, StockBook>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(goods, new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken }, async (good, stop) =>
            stocks[good.Sku] = await StockAsync(good.Sku, stop));
        return new Books(orders, stocks, await ProviderAsync(cancellationToken), postings, unfinished);
    }

    /// <summary>Repeats old checkouts under their keys.</summary>
    /// <param name="receipts">All receipts.</param>
    /// <param name="most">How many to repeat at most, evenly spread.</param>
    /// <param name="send">Sends a request until it is answered.</param>
    public static async Task<IReadOnlyList<Repetition>> RepeatAsync(
        IReadOnlyCollection<Receipt> receipts, int most, Func<ShopCall, Task<ShopReply>> send)
    {
        var all = receipts.Where(static receipt => receipt is { Call.Kind: CallKind.Checkout, Reply.Status: 201 or 202 or 402 or 409 or 422 }).ToArray();
        var step = Math.Max(1, all.Length / Math.Max(1, most));
        var repeated = new ConcurrentQueue<Repetition>();
        await Parallel.ForEachAsync(
            all.Where((_, index) => index % step == 0),
            new ParallelOptions { MaxDegreeOfParallelism = Readers },
            async (receipt, _) => repeated.Enqueue(new Repetition(receipt, await send(receipt.Call))));
        return [.. repeated];
    }

    private async Task<List<string>> UnfinishedAsync(IReadOnlyList<Good> goods, CancellationToken cancellationToken)
    {
        var unfinished = new List<string>();
        await foreach (var saga in shop.ListAsync("/v1/admin/sagas?state=nonterminal", cancellationToken))
        {
            unfinished.Add($"{saga.GetProperty("grain").GetString()} is {saga.GetProperty("step").GetString()}");
            if (unfinished.Count >= WordsShown)
            {
                return unfinished;
            }
        }

        await foreach (var message in shop.ListAsync("/v1/admin/outbox", cancellationToken))
        {
            unfinished.Add($"message {message.GetProperty("sequence").GetInt64()} of {message.GetProperty("stream").GetString()} is not delivered");
            if (unfinished.Count >= WordsShown)
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

    private static OrderBook Order(JsonElement order, IReadOnlyList<string> events) => new(
        order.GetProperty("id").GetString()!,
        order.GetProperty("status").GetString()!,
        order.GetProperty("paymentStatus").GetString()!,
        order.TryGetProperty("cartId", out var cart) ? cart.GetString() : null,
        order.GetProperty("items").EnumerateArray().ToDictionary(
            static line => line.GetProperty("sku").GetString()!, static line => line.GetProperty("quantity").GetInt32(), StringComparer.Ordinal),
        AmountOf(order, "total"),
        AmountOf(order, "refunded"),
        events);

    private async Task<StockBook> StockAsync(string sku, CancellationToken cancellationToken)
    {
        var level = await shop.ReadAsync($"/v1/stock/{ShopReads.Escape(sku)}", cancellationToken);
        var ledger = new List<LedgerEntry>();
        await foreach (var entry in shop.ListAsync($"/v1/admin/stock/{ShopReads.Escape(sku)}/ledger", cancellationToken))
        {
            var data = entry.GetProperty("data");
            ledger.Add(new LedgerEntry(
                entry.GetProperty("sequence").GetInt64(), entry.GetProperty("type").GetString()!, data.GetProperty("delta").GetInt64(),
                data.GetProperty("onHand").GetInt64(), data.GetProperty("reserved").GetInt64(), TextOf(data, "order"),
                data.TryGetProperty("quantity", out var quantity) ? quantity.GetInt32() : 0, TextOf(data, "reason"), TextOf(data, "operationId")));
        }

        return new StockBook(
            level.GetProperty("onHand").GetInt64(), level.GetProperty("reserved").GetInt64(), level.GetProperty("version").GetInt64(), ledger);
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
                    entry.GetProperty("amount").GetInt64(), entry.GetProperty("outcome").GetString()!));
            }

            if (entries.Count == before)
            {
                return entries;
            }
        }
    }

    private static async Task<List<T>> RowsAsync<T>(
        NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
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
