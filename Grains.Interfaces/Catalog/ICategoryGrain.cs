namespace ActorShop.Catalog;

/// <summary>A category of products. Keyed by its code.</summary>
[Alias("catalog.category")]
public interface ICategoryGrain : IGrainWithStringKey
{
    /// <summary>Creates the category or changes its name.</summary>
    /// <param name="name">1 to 200 characters.</param>
    /// <param name="expectedVersion">The version the caller saw; 0 to create only; null to not care.</param>
    [Alias("put")]
    Task<PutCategoryResult> PutAsync(string name, long? expectedVersion);

    /// <summary>Takes the category out of the shop's lists.</summary>
    [Alias("archive")]
    Task<PutCategoryResult> ArchiveAsync(long? expectedVersion);

    /// <summary>The category as committed; null for one that was never created.</summary>
    [Alias("get"), ReadOnly]
    Task<CategoryView?> GetAsync();
}
