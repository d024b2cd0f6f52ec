using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ActorShop.EndToEnd;

/// <summary>Customers who fill carts and check out, one after the other, until the test stops them. They repeat a request where the answer says so.</summary>
internal sealed class Customers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan RepeatFor = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _orders = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private int _unavailable;
    private readonly HttpClient[] _apis;
    private readonly Task[] _customers;

    public Customers(int customers, params HttpClient[] apis)
    {
        _apis = apis;
        _customers = [.. Enumerable.Range(0, customers).Select(number => Task.Run(() => BuyAsync(_apis[number % _apis.Length])))];
    }

    /// <summary>Orders that were acknowledged.</summary>
    public IReadOnlyCollection<string> Orders => _orders;

    /// <summary>Requests that did not do what they should.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Answers that asked for the request again: 503, or 409 while it was still running.</summary>
    public int Unavailable => Volatile.Read(ref _unavailable);

    /// <summary>One purchase.</summary>
    /// <param name="api">Through which API.</param>
    /// <param name="unavailable">Called for each answer that asks for the request again; null where it is not repeated.</param>
    /// <returns>The order's id, or what went wrong.</returns>
    public static async Task<(string? Order, string? Failure)> BuyOneAsync(HttpClient api, Action? unavailable = null)
    {
        try
        {
            var created = await AskAsync(api, unavailable, HttpMethod.Post, "/v1/carts", """{"currency":"GBP"}""");
            if (created.Status is not HttpStatusCode.Created)
            {
                return (null, $"cart: {created}");
            }

            var cart = created.Body.GetProperty("id").GetString()!;
            var filled = await AskAsync(api, unavailable, HttpMethod.Put, $"/v1/carts/{cart}/items/{ShopProcess.SampleSku}", """{"quantity":1}""");
            if (filled.Status is not HttpStatusCode.OK)
            {
                return (null, $"line: {filled}");
            }

            var bought = await AskAsync(
                api,
                unavailable,
                HttpMethod.Post,
                $"/v1/carts/{cart}/checkout",
                """
                {"email":"ada@example.com","payment":{"token":"tok_ok"},
                 "shippingAddress":{"name":"Ada","line1":"1 High Street","city":"Leeds","postalCode":"LS1 1AA","country":"GB"}}
                """,
                key: "buy");
            return bought.Status is HttpStatusCode.Created ? (bought.Body.GetProperty("id").GetString(), null) : (null, $"checkout: {bought}");
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            return (null, lost.Message);
        }
    }

    // As the contract says: the same request, under the same key, after a pause.
    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(
        HttpClient api, Action? unavailable, HttpMethod method, string path, string body, string? key = null)
    {
        using var limit = new CancellationTokenSource(RepeatFor);
        while (true)
        {
            var answer = await SendAsync(api, method, path, body, key);
            var isPassing = answer.Status is HttpStatusCode.ServiceUnavailable
                || (answer.Status is HttpStatusCode.Conflict && answer.Body.GetProperty("code").ValueEquals("idempotency_in_progress"));
            if (!isPassing || unavailable is null || limit.IsCancellationRequested)
            {
                return answer;
            }

            unavailable();
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Brings units of what customers buy.</summary>
    public static async Task StockUpAsync(HttpClient api, int units) => (await SendAsync(
        api, HttpMethod.Post, $"/v1/admin/stock/{ShopProcess.SampleSku}/adjustments", $$"""{"delta":{{units}},"reason":"count"}""", Guid.NewGuid().ToString("N"), asAdmin: true))
        .Status.ShouldBe(HttpStatusCode.Created);

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
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "dev-admin-key");
        }

        using var response = await api.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Waits until so many more orders are acknowledged.</summary>
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

    /// <summary>Lets everybody finish what is begun.</summary>
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

    private async Task BuyAsync(HttpClient api)
    {
        while (!_stop.IsCancellationRequested)
        {
            var (order, failure) = await BuyOneAsync(api, () => Interlocked.Increment(ref _unavailable));
            if (order is not null)
            {
                _orders.Enqueue(order);
            }
            else
            {
                _failures.Enqueue(failure!);
            }
        }
    }
}
