namespace ActorShop.Catalog;

/// <summary>An event of a SKU's offer.</summary>
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
        public override OfferRecord ApplyTo(OfferRecord record) => record with { Holder = Product };
    }

    /// <summary>The name, the prices or the availability have changed.</summary>
    [Alias("catalog.offer-event.changed")]
    internal sealed record Changed(Offer Offer) : OfferEvent
    {
        public override OfferRecord ApplyTo(OfferRecord record) => record with { Offer = Offer };
    }
}
