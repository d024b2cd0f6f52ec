namespace ActorShop.Catalog;

/// <summary>An event of a product. Together they are the history of its prices.</summary>
internal abstract record ProductEvent : IEvent
{
    private ProductEvent()
    {
    }

    /// <summary>The state after the event.</summary>
    public abstract Product ApplyTo(Product product);

    public virtual ImmutableArray<string> Topics => Projections.ReportingTopics;

    /// <summary>It was created or changed.</summary>
    [Alias("catalog.product-event.stored")]
    internal sealed record Stored(ProductView Product) : ProductEvent
    {
        public override Product ApplyTo(Product product) => product.Replace(Product);
    }

    /// <summary>It was taken out of the shop.</summary>
    [Alias("catalog.product-event.archived")]
    internal sealed record Archived(ProductView Product) : ProductEvent
    {
        public override Product ApplyTo(Product product) => product with { View = Product, OffersPending = true };
    }

    /// <summary>The offers of its SKUs are updated.</summary>
    [Alias("catalog.product-event.offers-followed")]
    internal sealed record OffersFollowed(long Version) : ProductEvent
    {
        public override ImmutableArray<string> Topics => [];

        public override Product ApplyTo(Product product) => product with { OffersPending = false };
    }
}
