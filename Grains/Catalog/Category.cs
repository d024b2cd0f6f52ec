namespace ActorShop.Catalog;

internal sealed record Category : IEntity
{
    /// <summary>How many categories a path may have.</summary>
    public const int MaxDepth = 16;

    public CategoryView? View { get; init; }

    public Decision<PutCategoryResult, CategoryEvent> Put(string code, string name, string? parent, long? expectedVersion)
    {
        if (Versions.Check(expectedVersion, View?.Version) is { } current)
        {
            return View is null ? new(new PutCategoryResult.Unknown(), []) : new(new PutCategoryResult.VersionMismatch(current), []);
        }

        if (View is { Archived: false } same && string.Equals(same.Name, name, StringComparison.Ordinal)
            && string.Equals(same.Parent, parent, StringComparison.Ordinal))
        {
            return new(new PutCategoryResult.Stored(same, Created: false), []);
        }

        var next = new CategoryView(code, name, Archived: false, (View?.Version ?? 0) + 1, parent);
        return new(new PutCategoryResult.Stored(next, Created: View is null), [new CategoryEvent.Stored(next)]);
    }

    public Decision<PutCategoryResult, CategoryEvent> Archive(long? expectedVersion)
    {
        if (View is not { } view)
        {
            return new(new PutCategoryResult.Unknown(), []);
        }

        if (Versions.Check(expectedVersion, view.Version) is { } current)
        {
            return new(new PutCategoryResult.VersionMismatch(current), []);
        }

        var next = view.Archived ? view : view with { Archived = true, Version = view.Version + 1 };
        return new(new PutCategoryResult.Stored(next, Created: false), view.Archived ? [] : [new CategoryEvent.Archived(next)]);
    }
}
