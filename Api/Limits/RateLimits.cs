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
        app.Use((http, next) =>
            !limits._options.Enabled || Caller.IsExempt(http) || http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
                ? next(http)
                : limits.LimitAsync(http, next));
    }

    public void Dispose()
    {
        _quotas.Dispose();
        _checkouts.Dispose();
    }

    private async Task LimitAsync(HttpContext http, RequestDelegate next)
    {
        var isUnknownKey = http.Request.Headers.Authorization.Count > 0 && Caller.IsAnonymous(http);
        var kind = isUnknownKey ? RouteClass.Credentials : http.GetEndpoint()?.Metadata.GetMetadata<CountedAs>()?.Kind ?? RouteClass.Browse;
        if (Count(Caller.Of(http), kind, http.Response) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        if (kind is not RouteClass.Checkout)
        {
            await next(http);
            return;
        }

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

    private Problem? Count(string caller, RouteClass kind, HttpResponse response)
    {
        var limit = LimitOf(kind);
        using var lease = _quotas.AttemptAcquire((caller, kind));
        lease.TryGetMetadata(Quota.Remaining, out var remaining);
        lease.TryGetMetadata(MetadataName.RetryAfter, out var reset);
        var seconds = ((int)Math.Ceiling(reset.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var headers = response.Headers;
        headers[LimitHeader] = limit.ToString(CultureInfo.InvariantCulture);
        headers[RemainingHeader] = remaining.ToString(CultureInfo.InvariantCulture);
        headers[ResetHeader] = seconds;
        if (lease.IsAcquired)
        {
            return null;
        }

        headers.RetryAfter = seconds;
        return new Problem(Problems.RateLimited, string.Create(
            CultureInfo.InvariantCulture, $"The limit is {limit} requests a minute. Wait {seconds} seconds."));
    }

    private int LimitOf(RouteClass kind) => kind switch
    {
        RouteClass.Cart => _options.Cart,
        RouteClass.Checkout => _options.Checkout,
        RouteClass.Credentials => _options.Credentials,
        RouteClass.Admin => _options.Admin,
        _ => _options.Browse,
    };
}
