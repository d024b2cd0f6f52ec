using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorShop.Api.Operators;

/// <summary>Whether the process can serve requests. The check asks grains, so callers share one that is at most half a second old.</summary>
internal sealed class Readiness(HealthCheckService health, TimeProvider clock)
{
    private static readonly TimeSpan Reuse = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private Task<HealthReport>? _latest;
    private long _began;

    public Task<HealthReport> CheckAsync()
    {
        lock (_gate)
        {
            if (_latest is null || (_latest.IsCompleted && clock.GetElapsedTime(_began) >= Reuse))
            {
                _began = clock.GetTimestamp();

                // Not with the token of a caller, who would end the check for the others.
                _latest = health.CheckHealthAsync(static check => check.Tags.Contains("ready"), CancellationToken.None);
            }

            return _latest;
        }
    }
}
