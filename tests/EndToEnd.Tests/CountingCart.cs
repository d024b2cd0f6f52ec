using System.Net;

namespace ActorShop.EndToEnd;

/// <summary>A cart whose owner counts: sets one more unit each time and looks at what is there. Whatever was acknowledged is never less again.</summary>
internal sealed class CountingCart(HttpClient api, string id)
{
    private readonly string _path = $"/v1/carts/{id}";
    private int _tried;
    private int _told;

    /// <summary>The greatest quantity that was acknowledged or read.</summary>
    public int Told => Volatile.Read(ref _told);

    /// <summary>What was told that must not have been; null where nothing was.</summary>
    public string? Lie { get; private set; }

    public static async Task<CountingCart> OpenAsync(HttpClient api)
    {
        var created = await Customers.SendAsync(api, HttpMethod.Post, "/v1/carts", """{"currency":"GBP"}""");
        return new CountingCart(api, created.Body.GetProperty("id").GetString()!);
    }

    /// <summary>Counts until it is told to stop.</summary>
    public async Task CountAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _tried++;
                Hear(await Customers.SendAsync(api, HttpMethod.Put, $"{_path}/items/{ShopProcess.SampleSku}", $$"""{"quantity":{{_tried}}}"""));
                await LookAsync();
            }
            catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
            {
                // Nobody knows what became of it: a later look tells.
            }
        }
    }

    /// <summary>Reads what is there.</summary>
    public async Task LookAsync() => Hear(await Customers.SendAsync(api, HttpMethod.Get, _path));

    private void Hear((HttpStatusCode Status, System.Text.Json.JsonElement Body) answer)
    {
        if (answer.Status is not HttpStatusCode.OK)
        {
            return;
        }

        var quantity = answer.Body.GetProperty("items").EnumerateArray().Sum(static item => item.GetProperty("quantity").GetInt32());
        if (quantity < _told || quantity > _tried)
        {
            Lie ??= $"cart {id} was said to hold {quantity}, after {_told} had been acknowledged and {_tried} tried";
        }

        Volatile.Write(ref _told, Math.Max(_told, quantity));
    }
}
