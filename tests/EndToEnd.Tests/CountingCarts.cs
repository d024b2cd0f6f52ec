using System.Net;

namespace ActorShop.EndToEnd;

/// <summary>Carts whose owners set one more unit each time and read the result: an acknowledged quantity must never be less again.</summary>
internal sealed class CountingCarts : IAsyncDisposable
{
    private const int Count = 24;

    private readonly CancellationTokenSource _stop = new();
    private readonly Cart[] _carts;
    private readonly Task[] _counting;

    private CountingCarts(Cart[] carts)
    {
        _carts = carts;
        _counting = [.. carts.Select(cart => Task.Run(() => cart.CountAsync(_stop.Token)))];
    }

    public static async Task<CountingCarts> StartAsync(HttpClient api)
    {
        var carts = new CountingCarts(await Task.WhenAll(Enumerable.Range(0, Count).Select(_ => Cart.OpenAsync(api))));
        await carts.UntilMoreAsync();
        return carts;
    }

    /// <summary>Waits until every cart has counted three more units.</summary>
    public Task UntilMoreAsync()
    {
        var before = _carts.Select(static cart => cart.Acknowledged).ToArray();
        return Eventually.HoldsAsync(() => _carts.Zip(before).All(static pair => pair.First.Acknowledged >= pair.Second + 3));
    }

    /// <summary>Checks that every cart continues and none has shown less than it had acknowledged; then stops.</summary>
    public async Task EndAsync()
    {
        await UntilMoreAsync();
        await _stop.CancelAsync();
        await Task.WhenAll(_counting);
        await Task.WhenAll(_carts.Select(static cart => cart.ReadAsync()));
        _carts.Select(static cart => cart.Violation).OfType<string>().ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_counting);
        _stop.Dispose();
    }

    private sealed class Cart(HttpClient api, string id)
    {
        private readonly string _path = $"/v1/carts/{id}";
        private int _tried;
        private int _acknowledged;

        /// <summary>The greatest quantity that was acknowledged or read.</summary>
        public int Acknowledged => Volatile.Read(ref _acknowledged);

        /// <summary>The first impossible answer; null if there was none.</summary>
        public string? Violation { get; private set; }

        public static async Task<Cart> OpenAsync(HttpClient api) =>
            new(api, (await api.SendAsync(HttpMethod.Post, "/v1/carts", """{"currency":"GBP"}""")).Member("id"));

        public async Task CountAsync(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    _tried++;
                    Check(await api.SendAsync(HttpMethod.Put, $"{_path}/items/{ShopProcess.SampleSku}", $$"""{"quantity":{{_tried}}}"""));
                    await ReadAsync();
                }
                catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
                {
                    // The outcome is unknown until a later read.
                }
            }
        }

        public async Task ReadAsync() => Check(await api.ReadAsync(_path));

        private void Check(Answer answer)
        {
            if (answer.Status is not HttpStatusCode.OK)
            {
                return;
            }

            var quantity = answer.Body.GetProperty("items").EnumerateArray().Sum(static item => item.GetProperty("quantity").GetInt32());
            if (quantity < _acknowledged || quantity > _tried)
            {
                Violation ??= $"cart {id} showed {quantity} units after {_acknowledged} were acknowledged and {_tried} tried";
            }

            Volatile.Write(ref _acknowledged, Math.Max(_acknowledged, quantity));
        }
    }
}
