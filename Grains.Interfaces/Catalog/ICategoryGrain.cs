namespace ActorShop.Catalog;

/// <summary>A category of products. Keyed by its code.</summary>
[Alias("catalog.category")]
public interface ICategoryGrain : IGrainWithStringKey
{
    /// <param name="name">1 to 200 characters.</param>
    /// <param name="expectedVersion">The expected version; 0 to create only; null for any.</param>
    [Alias("put")]
    Task<PutCategoryResult> PutAsync(string name, long? expectedVersion);

    [Alias("archive")]
    Task<PutCategoryResult> ArchiveAsync(long? expectedVersion);

    [Alias("get"), ReadOnly]
    Task<CategoryView?> GetAsync();
}
