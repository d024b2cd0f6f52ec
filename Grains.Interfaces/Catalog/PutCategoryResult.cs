namespace ActorShop.Catalog;

/// <summary>The answers of <see cref="ICategoryGrain.PutAsync"/> and <see cref="ICategoryGrain.ArchiveAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("catalog.put-category-result")]
public abstract record PutCategoryResult
{
    private PutCategoryResult()
    {
    }

    /// <summary>The category is stored.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-category-result.stored")]
    public sealed record Stored(CategoryView Category, bool Created) : PutCategoryResult;

    /// <summary>The category has another version.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-category-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : PutCategoryResult;

    /// <summary>The category does not exist.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-category-result.unknown")]
    public sealed record Unknown : PutCategoryResult;
}
