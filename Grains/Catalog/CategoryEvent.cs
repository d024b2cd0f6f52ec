namespace ActorShop.Catalog;

internal abstract record CategoryEvent : EntityEvent<Category>, IEvent
{
    public ImmutableArray<string> Topics => Projections.ReportingTopics;

    [Alias("catalog.category-event.stored")]
    internal sealed record Stored(CategoryView Category) : CategoryEvent
    {
        public override Category ApplyTo(Category category) => category with { View = Category };
    }

    [Alias("catalog.category-event.archived")]
    internal sealed record Archived(CategoryView Category) : CategoryEvent
    {
        public override Category ApplyTo(Category category) => category with { View = Category };
    }
}
