using System.Collections.Concurrent;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.EndToEnd;

/// <summary>Customers who buy one unit after another until they are stopped.</summary>
/// <remarks>
/// Unlike the clients of a workload, they repeat only what the contract tells them to repeat (503, and a request in progress), so that
/// every other failure shows.
/// </remarks>
internal sealed class Buyers : IAsyncDisposable
{
    private const int Stock = 100_000;

    private static readonly TimeSpan RepeatFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _orders = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Task[] _buyers;

    private Buyers(int count, HttpClient[] apis) =>
        _buyers = [.. Enumerable.Range(0, count).Select(number => Task.Run(() => BuyAsync(Shop(apis[number % apis.Length]))))];

    public IReadOnlyCollection<string> Failures => _failures;

    public static async Task<Buyers> StartAsync(int count, params HttpClient[] apis)
    {
        await StockUpAsync(apis[0]);
        return new(count, apis);
    }

    /// <summary>Buys one unit, without repeating a request.</summary>
    /// <returns>The id of the order, or the request that failed.</returns>
    public static async Task<(string? Order, string? Failure)> BuyOneAsync(HttpClient api)
    {
        var receipt = await Purchase.TryAsync(Shop(api).SendAsync, ShopProcess.SampleSku, "buy");
        return receipt.Reply.Status == 201 ? (receipt.Order, null) : (null, receipt.ToString());
    }

    public static async Task StockUpAsync(HttpClient api)
    {
        var call = new ShopCall(CallKind.Restock, Guid.NewGuid().ToString("N")) { Sku = ShopProcess.SampleSku, Quantity = Stock };
        (await Shop(api).SendAsync(call, CancellationToken.None)).Status.ShouldBe(201);
    }

    public Task UntilMoreAsync(int orders)
    {
        var aim = _orders.Count + orders;
        return Eventually.HoldsAsync(
            () => _orders.Count >= aim, () => $"{_orders.Count} of {aim} orders; {_failures.Count} failures, the last: {_failures.LastOrDefault()}");
    }

    /// <summary>Stops the buyers after their current purchase.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_buyers);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private static HttpShop Shop(HttpClient api) => new(api, api.BaseAddress!, MemberPlan.Key);

    private static async Task<ShopReply> SendAsync(HttpShop shop, ShopCall call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(RepeatFor);
        while (true)
        {
            var reply = await shop.SendAsync(call, cancellationToken);
            if (!(reply.Status == 503 || reply.Code is "idempotency_in_progress") || limit.IsCancellationRequested)
            {
                return reply;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task BuyAsync(HttpShop shop)
    {
        while (!_stop.IsCancellationRequested)
        {
            var receipt = await Purchase.TryAsync((call, stop) => SendAsync(shop, call, stop), ShopProcess.SampleSku, "buy");
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
