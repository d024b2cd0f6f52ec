namespace ActorShop.Catalog;

/// <summary>A category of products. Keyed by its code.</summary>
[Alias("catalog.category")]
public interface ICategoryGrain : IGrainWithStringKey
{
    /// <summary>Creates the category or changes its name.</summary>
    /// <param name="name">1 to 200 characters.</param>
    /// <param name="expectedVersion">The expected version; 0 to create only; null for any.</param>
    [Alias("put")]
    Task<PutCategoryResult> PutAsync(string name, long? expectedVersion);

    /// <summary>Removes the category from the lists.</summary>
    [Alias("archive")]
    Task<PutCategoryResult> ArchiveAsync(long? expectedVersion);

    [Alias("get"), ReadOnly]
    Task<CategoryView?> GetAsync();
}
