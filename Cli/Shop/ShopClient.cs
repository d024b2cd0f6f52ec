using System.Net.Http.Headers;
using System.Text.Json.Serialization;

namespace ActorShop.Cli.Shop;

/// <summary>A client of the shop over HTTP that repeats requests until they are answered.</summary>
/// <remarks>
/// A request that meets a broken connection, an overloaded or a restarting shop is sent again, byte for byte and under the same
/// Idempotency-Key, until an answer arrives or the patience ends. The caller therefore sees each outcome once, also if the work was
/// done at an attempt whose answer was lost. Safe from any thread.
/// </remarks>
internal sealed class ShopClient : IDisposable
{
    /// <summary>The format of requests and answers: camelCase, members that are null left out.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // Longer than the shop's own time limits: without an answer by then, the attempt is lost and is repeated.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(40);

    // A fault of the shop (500) is neither load nor a restart: it is the outcome after a few attempts.
    private const int FaultAttempts = 4;

    private readonly HttpClient _http;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _clock;
    private long _retries;

    public ShopClient(Uri server, string? key, int connections, TimeSpan patience, TimeProvider clock)
        : this(server, key, new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false }, patience, clock)
    {
    }

    /// <summary>A client with a transport of its own, disposed of with it. A request is repeated until the patience ends.</summary>
    public ShopClient(Uri server, string? key, HttpMessageHandler transport, TimeSpan patience, TimeProvider clock)
    {
        _http = new HttpClient(transport) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ActorShop.Cli", "1"));
        _http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        (_patience, _clock) = (patience, clock);
    }

    public Uri Server => _http.BaseAddress!;

    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Checks that the server is a shop.</summary>
    /// <exception cref="ToolException">It is not, or does not answer within the patience given.</exception>
    public async Task CheckAliveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(ShopRequest.Get("/health/live"), patience, cancellationToken);
        if (!answer.IsFine)
        {
            throw new ToolException(ExitCode.Unreachable, $"{Server} is not a shop: /health/live answers {answer.Status}");
        }
    }

    /// <summary>Sends a request until it is answered.</summary>
    /// <exception cref="ToolException">The shop did not answer within the patience, or does not accept the key.</exception>
    public Task<ShopAnswer> SendAsync(ShopRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, _patience, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<ShopAnswer> SendAsync(ShopRequest request, TimeSpan patience, CancellationToken cancellationToken)
    {
        var body = request.Body is null ? null : JsonSerializer.SerializeToUtf8Bytes(request.Body, request.Body.GetType(), Json);
        var start = _clock.GetTimestamp();
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            var (answer, fault) = await TryAsync(request, body, cancellationToken);
            if (answer is { Status: 401 or 403 })
            {
                throw new ToolException(
                    ExitCode.BadInput,
                    answer.Status is 401 ? $"{Server} does not know the key (--key or ACTORSHOP_KEY)" : $"{Server} refuses {request.Path}: {answer.Explanation} (--key)");
            }

            if (answer is not null && !IsTransient(answer, attempt))
            {
                return answer;
            }

            if (_clock.GetElapsedTime(start) + pause > patience)
            {
                throw new ToolException(
                    ExitCode.Unreachable,
                    answer is null
                        ? $"{Server} does not answer: {fault?.Message ?? "no answer in time"}"
                        : $"{Server} cannot answer {request.Path}: {answer.Explanation}");
            }

            Interlocked.Increment(ref _retries);
            await Task.Delay(pause, _clock, cancellationToken);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    private async Task<(ShopAnswer? Answer, Exception? Fault)> TryAsync(
        ShopRequest request, byte[]? body, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Path);
        AddHeader("Idempotency-Key", request.IdempotencyKey);
        AddHeader("If-Match", request.IfMatch);
        AddHeader("If-None-Match", request.IfNoneMatch);
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        }

        using var limit = new CancellationTokenSource(AttemptLimit, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await _http.SendAsync(message, linked.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(linked.Token);
            return (new ShopAnswer((int)response.StatusCode, Parse(bytes), response.Headers.ETag?.ToString()), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return (null, fault);
        }

        void AddHeader(string name, string? value)
        {
            if (value is not null)
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    private static JsonElement Parse(byte[] bytes)
    {
        try
        {
            return bytes.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(bytes);
        }
        catch (JsonException)
        {
            // The page of a proxy: the status says enough.
            return default;
        }
    }

    private static bool IsTransient(ShopAnswer answer, int attempt) => answer.Status switch
    {
        429 or 502 or 503 or 504 => true,
        500 => attempt < FaultAttempts,
        409 => answer.Code is "idempotency_in_progress" or "operation_in_progress",
        _ => false,
    };
}
