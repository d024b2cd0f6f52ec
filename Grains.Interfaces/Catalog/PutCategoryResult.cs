namespace ActorShop.Catalog;

[GenerateSerializer, Immutable, Alias("catalog.put-category-result")]
public abstract record PutCategoryResult
{
    private PutCategoryResult()
    {
    }

    [GenerateSerializer, Immutable, Alias("catalog.put-category-result.stored")]
    public sealed record Stored(CategoryView Category, bool Created) : PutCategoryResult;

    [GenerateSerializer, Immutable, Alias("catalog.put-category-result.version-mismatch")]
    public sealed record VersionMismatch(long Current) : PutCategoryResult;

    /// <summary>The parent does not exist or is archived, is the category itself or below it, or is too deep.</summary>
    [GenerateSerializer, Immutable, Alias("catalog.put-category-result.invalid-parent")]
    public sealed record InvalidParent(string Parent) : PutCategoryResult;

    [GenerateSerializer, Immutable, Alias("catalog.put-category-result.unknown")]
    public sealed record Unknown : PutCategoryResult;
}
