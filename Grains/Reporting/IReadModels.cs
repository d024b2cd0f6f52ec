namespace ActorShop.Reporting;

/// <summary>The read models, which are made from the events. The storage implements them. Safe from any thread.</summary>
public interface IReadModels : IShopQueries
{
    /// <summary>Projects the next events of a topic into its read model: effect and mark in one transaction.</summary>
    /// <returns>The number of events; 0 where none waits, or while another silo projects.</returns>
    Task<int> ProjectAsync(string topic, int limit);
}
