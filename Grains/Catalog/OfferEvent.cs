namespace ActorShop.Catalog;

internal abstract record OfferEvent : IEvent
{
    private OfferEvent()
    {
    }

    public abstract OfferRecord ApplyTo(OfferRecord record);

    [Alias("catalog.offer-event.claimed")]
    internal sealed record Claimed(ProductId Product) : OfferEvent
    {
        public override OfferRecord ApplyTo(OfferRecord record) => record with { Holder = Product };
    }

    [Alias("catalog.offer-event.changed")]
    internal sealed record Changed(Offer Offer) : OfferEvent
    {
        public override OfferRecord ApplyTo(OfferRecord record) => record with { Offer = Offer };
    }
}
