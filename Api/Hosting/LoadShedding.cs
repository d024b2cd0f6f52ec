using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace ActorShop.Api.Hosting;

/// <summary>Refuses requests beyond <see cref="ApiOptions.MaxRequests"/> at a time, at once and with <c>Retry-After</c>.</summary>
/// <remarks>Counts the requests for the shop itself: health and the operators' pages are answered under any load.</remarks>
internal sealed class LoadShedding(IOptions<ApiOptions> options) : IConfigureOptions<RateLimiterOptions>
{
    public void Configure(RateLimiterOptions limiter)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, bool>(http =>
            http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)
                ? RateLimitPartition.GetConcurrencyLimiter(true, _ => new() { PermitLimit = options.Value.MaxRequests, QueueLimit = 0 })
                : RateLimitPartition.GetNoLimiter(false));
        limiter.OnRejected = static async (rejected, _) =>
            await new Problem(Problems.Unavailable, "The shop is busy. Try again.").ExecuteAsync(rejected.HttpContext);
    }
}
