namespace ActorShop.Reporting;

/// <summary>The read models, which are made from the events. The storage implements them. Safe from any thread.</summary>
public interface IReadModels : IShopQueries
{
    /// <summary>Projects the next events of a topic into its read model, each once.</summary>
    /// <param name="limit">Events after which no further ones are taken. Those that were written together are projected together.</param>
    /// <returns>The number of events; 0 where none waits, or while another silo projects.</returns>
    Task<int> ProjectAsync(string topic, int limit);
}
