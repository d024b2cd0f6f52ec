namespace ActorShop.Catalog;

[Reentrant, GrainType("category")]
internal sealed class CategoryGrain(
    [PersistentState("category")] IPersistentState<EntityRecord<Category, CategoryEvent>> stored,
    TimeProvider clock) : EntityGrain<Category, CategoryEvent>(stored, clock), ICategoryGrain
{
    private string Code => Key[(Key.IndexOf('/') + 1)..];

    public async Task<PutCategoryResult> PutAsync(string name, long? expectedVersion, string? parent = null, bool dryRun = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return parent is not null && !string.Equals(parent, Head.View?.Parent, StringComparison.Ordinal) && !await MayBeBelowAsync(parent)
            ? new PutCategoryResult.InvalidParent(parent)
            : await CommitAsync(Head.Put(Code, name, parent, expectedVersion), dryRun);
    }

    public Task<PutCategoryResult> ArchiveAsync(long? expectedVersion) => CommitAsync(Head.Archive(expectedVersion));

    public Task<CategoryView?> GetAsync() => Task.FromResult(Committed.View);

    // Two categories that are moved at the same time can still come below each other, so every walk along a path has a limit.
    private async Task<bool> MayBeBelowAsync(string parent)
    {
        var above = parent;
        for (var depth = 1; depth < Category.MaxDepth; depth++)
        {
            if (string.Equals(above, Code, StringComparison.Ordinal) || await GrainFactory.Category(above).GetAsync() is not { Archived: false } view)
            {
                return false;
            }

            if (view.Parent is null)
            {
                return true;
            }

            above = view.Parent;
        }

        return false;
    }
}
