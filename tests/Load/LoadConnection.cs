using System.Net.Http.Headers;

namespace ActorShop.Load;

/// <summary>One keep-alive connection to the shop, for one request at a time.</summary>
/// <param name="server">The address of the shop.</param>
/// <param name="key">The API key, if any.</param>
internal sealed class LoadConnection(Uri server, string? key) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // The generator often shares the machine with the shop: nothing runs in the handler that a measurement does not need.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = 1,
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    private readonly AuthenticationHeaderValue? _authorization = key is null ? null : new("Bearer", key);

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The escaped path.</param>
    /// <param name="body">A JSON document; null for none.</param>
    /// <param name="idempotencyKey">The idempotency key; null for none.</param>
    /// <param name="isMinimal">Whether to ask for an answer without a body.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HttpRequestException">The connection failed; the next request opens another.</exception>
    public async Task<(int Status, byte[] Body)> SendAsync(
        HttpMethod method, string path, byte[]? body, string? idempotencyKey, bool isMinimal, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(server, path));
        request.Headers.Authorization = _authorization;
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        if (isMinimal)
        {
            request.Headers.TryAddWithoutValidation("Prefer", "return=minimal");
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public void Dispose() => _http.Dispose();
}
