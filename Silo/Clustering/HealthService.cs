using ActorShop.Health;
using Orleans.Services;

namespace ActorShop.Silo.Clustering;

/// <summary>The health of a silo, for the other silos.</summary>
[Alias("silo.health-service")]
public interface IHealthService : IGrainService
{
    /// <summary>Whether this silo has read the table without a gap for some time, see <see cref="HealthAgent.ReadsSteadily"/>.</summary>
    [Alias("reads-the-table"), ResponseTimeout("00:00:02")]
    Task<bool> ReadsTheTableAsync();
}

internal sealed class HealthService(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggers, HealthAgent agent)
    : GrainService(id, silo, loggers), IHealthService
{
    public Task<bool> ReadsTheTableAsync() => Task.FromResult(agent.ReadsSteadily);
}
