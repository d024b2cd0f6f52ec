using System.Threading.RateLimiting;

namespace ActorShop.Api.Limits;

/// <summary>Refuses what a caller asks beyond <see cref="LimitOptions"/> with 429, and tells every caller its quota.</summary>
internal sealed class RateLimits : IDisposable
{
    public const string LimitHeader = "RateLimit-Limit";

    public const string RemainingHeader = "RateLimit-Remaining";

    public const string ResetHeader = "RateLimit-Reset";

    private readonly LimitOptions _options;
    private readonly PartitionedRateLimiter<(string Caller, RouteClass Kind)> _quotas;
    private readonly PartitionedRateLimiter<string> _checkouts;

    public RateLimits(IOptions<LimitOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _quotas = PartitionedRateLimiter.Create<(string, RouteClass Kind), (string, RouteClass)>(
            resource => RateLimitPartition.Get(resource, _ => new Quota(LimitOf(resource.Kind), clock)));
        _checkouts = PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetConcurrencyLimiter(
            caller, _ => new() { PermitLimit = _options.MaxConcurrentCheckouts, QueueLimit = 0 }));
    }

    /// <summary>Limits every request but those for health. Needs the endpoint and the caller.</summary>
    public static void Use(WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Use((http, next) => limits.Covers(http) && limits.Count(http) is { } refusal ? refusal.ExecuteAsync(http) : next(http));
    }

    /// <summary>Limits checkouts at a time. Needs the body, because one that arrives slowly must not take a place.</summary>
    public static void UseCheckoutSlots(WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Use((http, next) => limits.Covers(http) && ClassOf(http) is RouteClass.Checkout ? limits.TakeSlotAsync(http, next) : next(http));
    }

    public void Dispose()
    {
        _quotas.Dispose();
        _checkouts.Dispose();
    }

    private static RouteClass ClassOf(HttpContext http) =>
        http.Request.Headers.Authorization.Count > 0 && Caller.IsAnonymous(http)
            ? RouteClass.Credentials
            : http.GetEndpoint()?.Metadata.GetMetadata<CountedAs>()?.Kind ?? RouteClass.Browse;

    private bool Covers(HttpContext http) =>
        _options.Enabled && !Caller.IsExempt(http) && !http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);

    private async Task TakeSlotAsync(HttpContext http, RequestDelegate next)
    {
        using var slot = _checkouts.AttemptAcquire(Caller.Of(http));
        if (slot.IsAcquired)
        {
            await next(http);
            return;
        }

        http.Response.Headers.RetryAfter = "1";
        await new Problem(Problems.RateLimited, string.Create(
            CultureInfo.InvariantCulture, $"A caller may run {_options.MaxConcurrentCheckouts} checkouts at a time.")).ExecuteAsync(http);
    }

    /// <summary>Counts a request of an anonymous caller that is answered at once, and tells the caller its quota.</summary>
    /// <returns>Whether the caller had a request left. Otherwise nothing was counted.</returns>
    public bool TryTake(HttpContext http, RouteClass kind)
    {
        if (!_options.Enabled)
        {
            return true;
        }

        var taken = Take(Caller.AddressOf(http), kind);
        if (taken.IsAcquired)
        {
            Tell(taken, http.Response.Headers);
        }

        return taken.IsAcquired;
    }

    private Problem? Count(HttpContext http)
    {
        var taken = Take(Caller.Of(http), ClassOf(http));
        var headers = http.Response.Headers;

        // Just before the answer is sent, because error handlers clear earlier headers.
        http.Response.OnStarting(() =>
        {
            Tell(taken, headers);
            return Task.CompletedTask;
        });
        if (taken.IsAcquired)
        {
            return null;
        }

        headers.RetryAfter = Text(taken.Reset);
        return new Problem(Problems.RateLimited, string.Create(
            CultureInfo.InvariantCulture, $"The limit is {taken.Limit} requests a minute. Wait {taken.Reset} seconds."));
    }

    private (bool IsAcquired, int Limit, int Remaining, int Reset) Take(string caller, RouteClass kind)
    {
        using var lease = _quotas.AttemptAcquire((caller, kind));
        lease.TryGetMetadata(Quota.Remaining, out var remaining);
        lease.TryGetMetadata(MetadataName.RetryAfter, out var reset);
        return (lease.IsAcquired, LimitOf(kind), remaining, (int)Math.Ceiling(reset.TotalSeconds));
    }

    private static void Tell((bool IsAcquired, int Limit, int Remaining, int Reset) taken, IHeaderDictionary headers)
    {
        headers[LimitHeader] = Text(taken.Limit);
        headers[RemainingHeader] = Text(taken.Remaining);
        headers[ResetHeader] = Text(taken.Reset);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private int LimitOf(RouteClass kind) => kind switch
    {
        RouteClass.Cart => _options.Cart,
        RouteClass.Checkout => _options.Checkout,
        RouteClass.Credentials => _options.Credentials,
        RouteClass.Admin => _options.Admin,
        _ => _options.Browse,
    };
}
