namespace ActorShop.Catalog;

/// <summary>What happened to a product. Prices of all times are in here.</summary>
internal abstract record ProductEvent : IEvent
{
    private ProductEvent()
    {
    }

    /// <summary>The state after the event.</summary>
    public abstract Product ApplyTo(Product product);

    /// <inheritdoc/>
    public virtual ImmutableArray<string> Topics => Projections.ReportingTopics;

    /// <summary>It was created or changed.</summary>
    [Alias("catalog.product-event.stored")]
    internal sealed record Stored(ProductView Product) : ProductEvent
    {
        /// <inheritdoc/>
        public override Product ApplyTo(Product product) => product.Replace(Product);
    }

    /// <summary>It was taken out of the shop.</summary>
    [Alias("catalog.product-event.archived")]
    internal sealed record Archived(ProductView Product) : ProductEvent
    {
        /// <inheritdoc/>
        public override Product ApplyTo(Product product) => product with { View = Product, OffersPending = true };
    }

    /// <summary>The offers of its SKUs say what it says.</summary>
    [Alias("catalog.product-event.offers-followed")]
    internal sealed record OffersFollowed(long Version) : ProductEvent
    {
        /// <inheritdoc/>
        public override ImmutableArray<string> Topics => [];

        /// <inheritdoc/>
        public override Product ApplyTo(Product product) => product with { OffersPending = false };
    }
}
