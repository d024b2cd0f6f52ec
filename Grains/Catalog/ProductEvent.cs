namespace ActorShop.Catalog;

/// <summary>An event of a product. Together they are the history of its prices.</summary>
internal abstract record ProductEvent : EntityEvent<Product>, IEvent
{
    public virtual ImmutableArray<string> Topics => Projections.ReportingTopics;

    [Alias("catalog.product-event.stored")]
    internal sealed record Stored(ProductView Product) : ProductEvent
    {
        public override Product ApplyTo(Product product) => product.Replace(Product);
    }

    [Alias("catalog.product-event.archived")]
    internal sealed record Archived(ProductView Product) : ProductEvent
    {
        public override Product ApplyTo(Product product) => product with { View = Product, OffersPending = true };
    }

    [Alias("catalog.product-event.offers-followed")]
    internal sealed record OffersFollowed(long Version) : ProductEvent
    {
        public override ImmutableArray<string> Topics => [];

        public override Product ApplyTo(Product product) => product with { OffersPending = false };
    }
}
