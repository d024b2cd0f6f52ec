using ActorShop.Testing.Customers;

namespace ActorShop.Chaos.Traffic;

/// <summary>A load balancer in front of several APIs: uses them in turn, skips one that refuses connections, and records each attempt.</summary>
/// <remarks>
/// It tries the next API only if no connection was opened, so it never repeats a request that may have arrived. An attempt without an answer
/// within the limit fails. Thread-safe.
/// </remarks>
internal sealed class ApiRing : HttpMessageHandler
{
    private readonly TimeSpan _limit;
    private readonly TimeProvider _clock;
    private readonly Observations _observations;
    private readonly SocketsHttpHandler _sockets;
    private readonly HttpMessageInvoker _invoker;
    private readonly Uri[] _apis;
    private int _next;

    /// <summary>Creates a ring.</summary>
    public ApiRing(IEnumerable<Uri> apis, Observations observations, TimeSpan limit, TimeProvider clock)
    {
        (_apis, _observations, _limit, _clock) = ([.. apis], observations, limit, clock);
        _sockets = new SocketsHttpHandler { MaxConnectionsPerServer = 1024, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(2) };
        _invoker = new HttpMessageInvoker(_sockets);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        CallKind? kind = request.Options.TryGetValue(HttpShop.Kind, out var known) ? known : null;
        using var limit = new CancellationTokenSource(_limit, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var began = _observations.Now;
        var first = (uint)Interlocked.Increment(ref _next);
        for (var tries = 1; ; tries++)
        {
            var api = _apis[(first + (uint)tries) % _apis.Length];
            request.RequestUri = new Uri(api, path);
            try
            {
                var response = await _invoker.SendAsync(request, linked.Token);
                await response.Content.LoadIntoBufferAsync(linked.Token);
                _observations.Add(new Attempt(began, _observations.Now - began, (int)response.StatusCode, kind));
                return response;
            }
            catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError && tries < _apis.Length)
            {
                // No connection: the next API may have one.
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
            {
                if (!cancellationToken.IsCancellationRequested)
                {
                    _observations.Add(new Attempt(began, _observations.Now - began, 0, kind));
                }

                throw;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _invoker.Dispose();
            _sockets.Dispose();
        }

        base.Dispose(disposing);
    }
}
