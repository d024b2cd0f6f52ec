namespace ActorShop.Chaos.Workload;

/// <summary>What stands in front of several APIs: takes them in turn, passes over one that cannot be connected to, and notes each attempt.</summary>
/// <remarks>
/// It repeats nothing that may have been heard: only where no connection came about does it ask the next API, as a load balancer does. An attempt
/// without an answer in time is given up, as a customer would. Safe from any thread.
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
    private long _passedOver;

    /// <summary>A ring.</summary>
    /// <param name="apis">The APIs.</param>
    /// <param name="observations">Where attempts are noted.</param>
    /// <param name="limit">How long an attempt may take.</param>
    /// <param name="clock">The time.</param>
    public ApiRing(IEnumerable<Uri> apis, Observations observations, TimeSpan limit, TimeProvider clock)
    {
        (_apis, _observations, _limit, _clock) = ([.. apis], observations, limit, clock);
        _sockets = new SocketsHttpHandler { MaxConnectionsPerServer = 1024, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(2) };
        _invoker = new HttpMessageInvoker(_sockets);
    }

    /// <summary>How often an API was passed over because nobody listened there.</summary>
    public long PassedOver => Interlocked.Read(ref _passedOver);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        var kind = RequestKinds.Of(request.Method, path);
        using var limit = new CancellationTokenSource(_limit, _clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var began = _observations.Now;
        var first = (uint)Interlocked.Increment(ref _next);
        for (var tries = 1; ; tries++)
        {
            // The turns of others go on meanwhile: whoever asks again asks somebody else.
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
                Interlocked.Increment(ref _passedOver);
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

    /// <inheritdoc/>
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
