using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ActorShop.Load;

/// <summary>One customer, who sends one request after another. No other run may use its name, which idempotency keys start with.</summary>
internal sealed class LoadClient(
    LeanConnection connection, IReadOnlyList<Good> goods, IReadOnlyList<string> paths, string currency, string name, Random random, TimeProvider clock)
    : IDisposable
{
    /// <summary>The lines of a cart in the mix <see cref="LoadMix.Long"/>, each of another SKU.</summary>
    public const int LinesOfLongCart = 1000;

    private const int LinesOfCart = 10;

    private static readonly byte[] OneUnit = """{"quantity":1}"""u8.ToArray();

    private static readonly byte[] Checkout =
        """
        {"email":"load@example.org","shippingAddress":{"name":"Load","line1":"1 High Street","city":"London","postalCode":"N1","country":"GB"},"payment":{"token":"tok_ok"}}
        """u8.ToArray();

    private readonly byte[] _cart = Encoding.UTF8.GetBytes($$"""{"currency":"{{currency}}"}""");

    private LatencyRecorder? _recorder;
    private int _keys;

    /// <summary>Runs one round of a mix. The recorder is null during the warm-up.</summary>
    public Task RunAsync(LoadMix mix, LatencyRecorder? recorder, CancellationToken cancellationToken)
    {
        _recorder = recorder;
        return mix switch
        {
            LoadMix.Browse => BrowseAsync(cancellationToken),
            LoadMix.Get => AskAsync("get", "GET", paths[random.Next(paths.Count)], default, null, cancellationToken),
            LoadMix.Cart => AddToCartAsync(cancellationToken),
            LoadMix.Long => FillCartAsync(cancellationToken),
            LoadMix.Hot => BuyAsync([goods[0]], read: false, cancellationToken),
            LoadMix.Spread => BuyAsync([Any()], read: false, cancellationToken),
            _ => BuyAsync([Any(), Any()], read: true, cancellationToken),
        };
    }

    public void Dispose() => connection.Dispose();

    // Eight products in ten requests, one list, one stock level.
    private Task<ReadOnlyMemory<byte>?> BrowseAsync(CancellationToken cancellationToken) => random.Next(10) switch
    {
        0 => AskAsync("list", "GET", "/v1/products?limit=25", default, null, cancellationToken),
        1 => AskAsync("stock", "GET", $"/v1/stock/{Any().EscapedSku}", default, null, cancellationToken),
        _ => AskAsync("product", "GET", $"/v1/products/{Any().ProductId}", default, null, cancellationToken),
    };

    private async Task AddToCartAsync(CancellationToken cancellationToken)
    {
        if (await MakeCartAsync(cancellationToken) is not { } cart)
        {
            return;
        }

        for (var i = 0; i < LinesOfCart; i++)
        {
            await AskAsync("add", "PUT", $"/v1/carts/{cart}/items/{Any().EscapedSku}", OneUnit, null, cancellationToken);
        }
    }

    // Compares the tenth line with the thousandth. The lines around them count too, for more samples; every other request asks for a minimal answer.
    private async Task FillCartAsync(CancellationToken cancellationToken)
    {
        if (await MakeCartAsync(cancellationToken) is not { } cart)
        {
            return;
        }

        var first = random.Next(goods.Count);
        for (var line = 1; line <= LinesOfLongCart; line++)
        {
            var operation = line switch
            {
                <= 20 => "add, 10th",
                > LinesOfLongCart - 20 => "add, 1000th",
                _ => "add",
            };
            var good = goods[(first + line) % goods.Count];
            var isMinimal = line % 2 == 0;
            await AskAsync(
                isMinimal ? operation + ", minimal" : operation, "PUT", $"/v1/carts/{cart}/items/{good.EscapedSku}", OneUnit, null,
                cancellationToken, isMinimal);
        }

        // A line that is set again changes nothing, and its answer shows the whole cart without reading the offers.
        for (var i = 0; i < 20; i++)
        {
            await AskAsync("read, 1000 lines", "GET", $"/v1/carts/{cart}", default, null, cancellationToken);
            await AskAsync(
                "set again, 1000 lines", "PUT", $"/v1/carts/{cart}/items/{goods[(first + 1) % goods.Count].EscapedSku}", OneUnit, null, cancellationToken);
        }
    }

    private async Task BuyAsync(Good[] wanted, bool read, CancellationToken cancellationToken)
    {
        if (await MakeCartAsync(cancellationToken) is not { } cart)
        {
            return;
        }

        foreach (var good in wanted)
        {
            if (await AskAsync("add", "PUT", $"/v1/carts/{cart}/items/{good.EscapedSku}", OneUnit, null, cancellationToken) is null)
            {
                return;
            }
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"{name}-{++_keys}");
        var order = await AskAsync("checkout", "POST", $"/v1/carts/{cart}/checkout", Checkout, key, cancellationToken);
        if (read && Id(order) is { } id)
        {
            await AskAsync("order", "GET", $"/v1/orders/{id}", default, null, cancellationToken);
        }
    }

    private async Task<string?> MakeCartAsync(CancellationToken cancellationToken) =>
        Id(await AskAsync("cart", "POST", "/v1/carts", _cart, null, cancellationToken));

    /// <summary>Sends a request, and records its latency and its error.</summary>
    /// <returns>The body of a success; otherwise null.</returns>
    private async Task<ReadOnlyMemory<byte>?> AskAsync(
        string operation, string method, string path, ReadOnlyMemory<byte> body, string? key, CancellationToken cancellationToken,
        bool isMinimal = false)
    {
        var start = clock.GetTimestamp();
        try
        {
            var (status, answer) = await connection.SendAsync(method, path, body, key, isMinimal, cancellationToken);
            _recorder?.Add(operation, clock.GetElapsedTime(start));
            if (status is (>= 200 and < 300) or 304)
            {
                return answer;
            }

            _recorder?.AddError(operation, string.Create(CultureInfo.InvariantCulture, $"{status} {Text(answer, "code"u8)}"));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            _recorder?.AddError(operation, "no answer");

            // The server may be restarting.
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
        }

        return null;
    }

    private Good Any() => goods[random.Next(goods.Count)];

    private static string? Id(ReadOnlyMemory<byte>? body) => body is { } bytes ? Text(bytes, "id"u8) : null;

    /// <summary>A text member of the outermost object; reads no further than needed.</summary>
    private static string? Text(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> member)
    {
        var reader = new Utf8JsonReader(body.Span);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals(member))
                {
                    return reader.Read() && reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (JsonException)
        {
            // No JSON: there is no such member.
        }

        return null;
    }
}
