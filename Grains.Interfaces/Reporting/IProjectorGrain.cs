namespace ActorShop.Reporting;

/// <summary>Carries committed events into a read model, in order, exactly once in effect. Keyed by the projection.</summary>
[Alias("reporting.projector")]
public interface IProjectorGrain : IWakeable
{
    /// <summary>Starts projecting if it is not under way. Called at every start of a silo.</summary>
    [Alias("start")]
    Task StartAsync();

    /// <summary>Empties the read model and makes it again from the events.</summary>
    /// <returns>The number of events it was made from.</returns>
    [Alias("rebuild")]
    Task<long> RebuildAsync();

    /// <summary>How many committed events have not reached the read model yet.</summary>
    [Alias("lag")]
    Task<long> GetLagAsync();
}
