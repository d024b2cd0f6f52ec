using ActorShop.Reporting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo.Health;

/// <summary>Whether Orleans works in this process and a grain reads the database in time.</summary>
internal sealed class ShopCheck(IGrainFactory grains, IEnumerable<IHealthCheckParticipant> parts, IOptions<ShopOptions> options, TimeProvider clock)
    : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // A process that is cut off needs no call to know it.
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var part in parts)
        {
            if (!part.CheckHealth(now, out var reason))
            {
                return HealthCheckResult.Unhealthy(reason);
            }
        }

        try
        {
            await grains.Queries().GetOutboxAsync(after: null, limit: 1).WaitAsync(options.Value.ReadinessTimeout, clock, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("A grain that reads the database did not answer.", fault);
        }
    }
}
