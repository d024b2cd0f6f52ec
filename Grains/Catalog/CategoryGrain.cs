namespace ActorShop.Catalog;

[Reentrant, GrainType("category")]
internal sealed class CategoryGrain(
    [PersistentState("category")] IPersistentState<EntityRecord<Category, CategoryEvent>> stored,
    TimeProvider clock) : EntityGrain<Category, CategoryEvent>(stored, clock), ICategoryGrain
{
    public Task<PutCategoryResult> PutAsync(string name, long? expectedVersion)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return CommitAsync(Head.Put(Key[(Key.IndexOf('/') + 1)..], name, expectedVersion));
    }

    public Task<PutCategoryResult> ArchiveAsync(long? expectedVersion) => CommitAsync(Head.Archive(expectedVersion));

    public Task<CategoryView?> GetAsync() => Task.FromResult(Committed.View);
}
