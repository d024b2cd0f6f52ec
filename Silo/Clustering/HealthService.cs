using ActorShop.Health;
using Orleans.Services;

namespace ActorShop.Silo.Clustering;

/// <summary>Tells the other silos whether this one reads the membership table.</summary>
[Alias("silo.health-service")]
public interface IHealthService : IGrainService
{
    /// <summary>Whether this silo reads the table steadily, and not only since a moment ago.</summary>
    [Alias("reads-the-table"), ResponseTimeout("00:00:02")]
    Task<bool> ReadsTheTableAsync();
}

/// <inheritdoc cref="IHealthService"/>
internal sealed class HealthService(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggers, HealthAgent agent)
    : GrainService(id, silo, loggers), IHealthService
{
    public Task<bool> ReadsTheTableAsync() => Task.FromResult(agent.ReadsSteadily);
}
