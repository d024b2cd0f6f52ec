using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.EndToEnd;

/// <summary>Customers who buy one unit after the other until told to stop. They repeat a request that is answered 503, or 409 while it still runs.</summary>
internal sealed class Customers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan RepeatFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _orders = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly HttpClient[] _apis;
    private readonly Task[] _customers;
    private int _repeats;

    public Customers(int customers, params HttpClient[] apis)
    {
        _apis = apis;
        _customers = [.. Enumerable.Range(0, customers).Select(number => Task.Run(() => BuyAsync(_apis[number % _apis.Length])))];
    }

    /// <summary>The acknowledged orders.</summary>
    public IReadOnlyCollection<string> Orders => _orders;

    /// <summary>The requests that failed.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>How many requests were repeated.</summary>
    public int Repeats => Volatile.Read(ref _repeats);

    /// <summary>Buys one unit, without repeating a request.</summary>
    /// <returns>The id of the order, or the request that failed.</returns>
    public static async Task<(string? Order, string? Failure)> BuyOneAsync(HttpClient api)
    {
        var receipt = await Purchase.TryAsync(Shop(api).SendAsync, ShopProcess.SampleSku, "buy");
        return receipt.Reply.Status == 201 ? (receipt.Order, null) : (null, receipt.ToString());
    }

    /// <summary>Adds units to the stock that customers buy from.</summary>
    public static async Task StockUpAsync(HttpClient api, int units) =>
        (await Shop(api).SendAsync(new ShopCall(CallKind.Restock, Guid.NewGuid().ToString("N")) { Sku = ShopProcess.SampleSku, Quantity = units }, CancellationToken.None))
            .Status.ShouldBe(201);

    public static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        HttpClient api, HttpMethod method, string path, string? body = null, string? key = null, bool asAdmin = false)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (asAdmin)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", MemberPlan.Key);
        }

        using var response = await api.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Waits until this many more orders are acknowledged.</summary>
    public async Task UntilMoreAsync(int orders)
    {
        using var limit = new CancellationTokenSource(Patience);
        for (var aim = _orders.Count + orders; _orders.Count < aim;)
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException(string.Create(
                    CultureInfo.InvariantCulture, $"{_orders.Count} of {aim} orders after {Patience}; {_failures.Count} failures, the last: {_failures.LastOrDefault()}"));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Stops the customers after their current purchase.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_customers);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private static HttpShop Shop(HttpClient api) => new(api, api.BaseAddress!, MemberPlan.Key);

    // As the contract says: the same request, under the same key, after a pause.
    private async Task<ShopReply> SendAsync(HttpClient api, ShopCall call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(RepeatFor);
        while (true)
        {
            var reply = await Shop(api).SendAsync(call, cancellationToken);
            if (!(reply.Status == 503 || reply.Code is "idempotency_in_progress") || limit.IsCancellationRequested)
            {
                return reply;
            }

            Interlocked.Increment(ref _repeats);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task BuyAsync(HttpClient api)
    {
        while (!_stop.IsCancellationRequested)
        {
            var receipt = await Purchase.TryAsync((call, stop) => SendAsync(api, call, stop), ShopProcess.SampleSku, "buy");
            if (receipt is { Reply.Status: 201, Order: { } order })
            {
                _orders.Enqueue(order);
            }
            else
            {
                _failures.Enqueue(receipt.ToString());
            }
        }
    }
}
