namespace ActorShop.Catalog;

/// <summary>An event of a category.</summary>
internal abstract record CategoryEvent : IEvent
{
    private CategoryEvent()
    {
    }

    /// <summary>The state after the event.</summary>
    public abstract Category ApplyTo(Category category);

    public ImmutableArray<string> Topics => Projections.ReportingTopics;

    /// <summary>It was created or changed.</summary>
    [Alias("catalog.category-event.stored")]
    internal sealed record Stored(CategoryView Category) : CategoryEvent
    {
        public override Category ApplyTo(Category category) => category with { View = Category };
    }

    /// <summary>It was taken out of the shop's lists.</summary>
    [Alias("catalog.category-event.archived")]
    internal sealed record Archived(CategoryView Category) : CategoryEvent
    {
        public override Category ApplyTo(Category category) => category with { View = Category };
    }
}
