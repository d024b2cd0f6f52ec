namespace ActorShop;

/// <summary>Work of a silo beside its grains, done in rounds. The host runs every registered worker until the silo stops.</summary>
public interface IWorker
{
    /// <summary>Does one bounded round. Faults are logged, not thrown.</summary>
    /// <returns>How long to pause before the next round.</returns>
    Task<TimeSpan> RunOnceAsync();
}
