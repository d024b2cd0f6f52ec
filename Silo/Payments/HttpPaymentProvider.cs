using System.Net;
using System.Text.Json;
using ActorShop.Payments;

namespace ActorShop.Silo.Payments;

/// <summary>A payment provider over HTTP.</summary>
/// <remarks>
/// Any response that is not one of the provider's (a timeout, a broken connection, a proxy's page, too many bytes) is an
/// unknown outcome. Redirects are not followed: a key and a token are for one address only.
/// </remarks>
public sealed class HttpPaymentProvider : IPaymentProvider, IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024;

    private readonly HttpClient _client;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;

    public HttpPaymentProvider(HttpPaymentOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _clock = clock;
        _timeout = options.Timeout;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = options.MaxConnections,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            BaseAddress = options.Url,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
    }

    public Task<ProviderAnswer> ExecuteAsync(ProviderOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var action = operation.Kind switch
        {
            ProviderOperationKind.Authorise => "authorise",
            ProviderOperationKind.Capture => "capture",
            ProviderOperationKind.Refund => "refund",
            ProviderOperationKind.Void => "void",
            var other => throw new ArgumentOutOfRangeException(nameof(operation), other, message: null),
        };
        var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"/payments/{Uri.EscapeDataString(operation.Payment.Value)}/{action}", UriKind.Relative))
        {
            Content = JsonContent.Create(new OperationBody(operation.Amount.Amount, operation.Amount.Currency, operation.Token)),
        };
        request.Headers.Add("Idempotency-Key", operation.Key);
        return SendAsync(request);
    }

    public Task<ProviderAnswer> FindAsync(string key) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri($"/operations/{Uri.EscapeDataString(key)}", UriKind.Relative)));

    public void Dispose() => _client.Dispose();

    private async Task<ProviderAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var timeout = new CancellationTokenSource(_timeout, _clock))
        {
            try
            {
                using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, timeout.Token);
                return Read(response.StatusCode, await response.Content.ReadFromJsonAsync<OutcomeBody>(timeout.Token));
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or JsonException or IOException)
            {
                return new ProviderAnswer.Unknown();
            }
        }
    }

    private static ProviderAnswer Read(HttpStatusCode status, OutcomeBody? answer) => (status, answer) switch
    {
        (HttpStatusCode.OK, { Outcome: "done" }) => new ProviderAnswer.Done(),
        (HttpStatusCode.PaymentRequired, { Outcome: "declined", Code: { Length: > 0 and <= 64 } code }) => new ProviderAnswer.Declined(code),
        (HttpStatusCode.NotFound, { Outcome: "not_found" }) => new ProviderAnswer.NotFound(),
        _ => new ProviderAnswer.Unknown(),
    };
    private sealed record OperationBody(long Amount, string Currency, string? Token);

    private sealed record OutcomeBody(string? Outcome, string? Code);
}
