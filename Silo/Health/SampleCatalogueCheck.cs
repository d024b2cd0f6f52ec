using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo.Health;

/// <summary>Whether the sample catalogue is imported, in a shop that gets one.</summary>
internal sealed class SampleCatalogueCheck(IGrainFactory grains, IOptions<ShopOptions> options, TimeProvider clock) : IHealthCheck
{
    // A shop imports the catalogue once.
    private volatile bool _isThere = options.Value.SampleCatalogue is not true;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            _isThere = _isThere || await grains.FirstStart().GetOwnerAsync().WaitAsync(options.Value.ReadinessTimeout, clock, cancellationToken) is not null;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The check of the shop has the reason.
        }

        return _isThere ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The sample catalogue is being imported.");
    }
}
