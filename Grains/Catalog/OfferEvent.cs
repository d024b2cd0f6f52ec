namespace ActorShop.Catalog;

/// <summary>What happened to a SKU's offer.</summary>
internal abstract record OfferEvent : IEvent
{
    private OfferEvent()
    {
    }

    /// <summary>The state after the event.</summary>
    public abstract OfferRecord ApplyTo(OfferRecord record);

    /// <summary>A product holds the SKU.</summary>
    [Alias("catalog.offer-event.claimed")]
    internal sealed record Claimed(ProductId Product) : OfferEvent
    {
        /// <inheritdoc/>
        public override OfferRecord ApplyTo(OfferRecord record) => record with { Holder = Product };
    }

    /// <summary>It sells for something else, under another name, or not any more.</summary>
    [Alias("catalog.offer-event.changed")]
    internal sealed record Changed(Offer Offer) : OfferEvent
    {
        /// <inheritdoc/>
        public override OfferRecord ApplyTo(OfferRecord record) => record with { Offer = Offer };
    }
}
