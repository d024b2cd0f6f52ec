namespace ActorShop.Catalog;

/// <summary>A category of products. Keyed by its code.</summary>
[Alias("catalog.category")]
public interface ICategoryGrain : IGrainWithStringKey
{
    /// <param name="name">1 to 200 characters.</param>
    /// <param name="expectedVersion">The expected version; 0 to create only; null for any.</param>
    /// <param name="parent">The code of the category above; null for none.</param>
    /// <param name="dryRun">Answers as if, and changes nothing.</param>
    [Alias("put")]
    Task<PutCategoryResult> PutAsync(string name, long? expectedVersion, string? parent = null, bool dryRun = false);

    [Alias("archive")]
    Task<PutCategoryResult> ArchiveAsync(long? expectedVersion);

    [Alias("get"), ReadOnly]
    Task<CategoryView?> GetAsync();
}
