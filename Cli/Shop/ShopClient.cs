using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorShop.Cli.Shop;

/// <summary>The shop over HTTP, asked until it answers.</summary>
/// <remarks>
/// A request that meets a dead connection, an overloaded or a restarting shop is asked again, the same to the byte and under the
/// same Idempotency-Key, until an answer arrives or patience ends. So whoever calls sees an outcome exactly once, whether or not the
/// work was done at an attempt whose answer was lost. Safe from any thread.
/// </remarks>
internal sealed class ShopClient : IDisposable
{
    /// <summary>How requests are written and answers read: camelCase, absent where null.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // The shop answers within its own budgets; whoever says nothing for longer is gone, and is asked again.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(40);

    // A fault of the shop (500) is not load and not a restart: a few more attempts, then it is the outcome.
    private const int FaultAttempts = 4;

    private readonly HttpClient _http;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _clock;
    private long _retries;

    public ShopClient(Uri server, string? key, int connections, TimeSpan patience, TimeProvider clock)
        : this(server, key, new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false }, patience, clock)
    {
    }

    /// <summary>A client that asks by another way than straight.</summary>
    /// <param name="server">The address that requests are made for.</param>
    /// <param name="key">An API key, if there is one.</param>
    /// <param name="way">How requests get there; disposed of with the client.</param>
    /// <param name="patience">How long a request is repeated.</param>
    /// <param name="clock">The time.</param>
    public ShopClient(Uri server, string? key, HttpMessageHandler way, TimeSpan patience, TimeProvider clock)
    {
        _http = new HttpClient(way)
        {
            BaseAddress = server,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ActorShop.Cli", "1"));
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        _patience = patience;
        _clock = clock;
    }

    /// <summary>The address.</summary>
    public Uri Server => _http.BaseAddress!;

    /// <summary>How many attempts had to be repeated so far.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Asks whether anybody is there.</summary>
    /// <exception cref="ToolException">Nobody is, within the patience given.</exception>
    public async Task CheckAliveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(ShopRequest.Get("/health/live"), patience, cancellationToken);
        if (!answer.IsFine)
        {
            throw new ToolException(ExitCode.Unreachable, $"{Server} is not a shop: /health/live answers {answer.Status}");
        }
    }

    /// <summary>Asks until there is an answer.</summary>
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
            var (answer, fault) = await TryAsync(request, body, attempt, cancellationToken);
            if (answer is { Status: 401 or 403 })
            {
                throw new ToolException(ExitCode.BadInput, $"{Server} does not accept the key for {request.Path}: {answer.Code} (--key)");
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
                        : $"{Server} stays unable to answer {request.Path}: {answer.Explanation}");
            }

            Interlocked.Increment(ref _retries);
            await Task.Delay(pause, _clock, cancellationToken);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    private async Task<(ShopAnswer? Answer, Exception? Fault)> TryAsync(
        ShopRequest request, byte[]? body, int attempt, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Path);
        AddHeaders(message, request);
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
            return (new ShopAnswer(
                (int)response.StatusCode, Parse(bytes), response.Headers.ETag?.ToString(),
                response.Headers.Contains("Idempotent-Replayed"), attempt), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, null);
        }
        catch (HttpRequestException fault)
        {
            return (null, fault);
        }
        catch (IOException fault)
        {
            return (null, fault);
        }
    }

    private static void AddHeaders(HttpRequestMessage message, ShopRequest request)
    {
        if (request.IdempotencyKey is { } key)
        {
            message.Headers.Add("Idempotency-Key", key);
        }

        if (request.IfMatch is { } match)
        {
            message.Headers.TryAddWithoutValidation("If-Match", match);
        }

        if (request.IfNoneMatch is { } none)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", none);
        }
    }

    private static JsonElement Parse(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // A proxy's page: the status says enough.
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
