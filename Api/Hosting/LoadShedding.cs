using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Hosting;

/// <summary>Refuses requests beyond <see cref="ApiOptions.MaxRequests"/> at a time, at once and with <c>Retry-After</c>.</summary>
internal static class LoadShedding
{
    public static IServiceCollection AddLoadShedding(this IServiceCollection services)
    {
        services.AddSingleton<RequestLimit>();
        return services;
    }

    /// <summary>Counts the requests for the shop itself: health and the operators' pages are answered under any load.</summary>
    public static void UseLoadShedding(this WebApplication app)
    {
        var limit = app.Services.GetRequiredService<RequestLimit>();
        app.UseWhen(
            static http => http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase),
            shop => shop.Use(async (http, next) =>
            {
                using var place = limit.AttemptAcquire();
                if (place.IsAcquired)
                {
                    await next(http);
                    return;
                }

                await new Problem(Problems.Unavailable, "The shop is busy. Try again.").ExecuteAsync(http);
            }));
    }

    private sealed class RequestLimit(IOptions<ApiOptions> options) : IDisposable
    {
        private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = options.Value.MaxRequests, QueueLimit = 0 });

        public RateLimitLease AttemptAcquire() => _limiter.AttemptAcquire();

        public void Dispose() => _limiter.Dispose();
    }
}
