namespace ActorShop.Catalog;

internal abstract record OfferEvent : EntityEvent<OfferRecord>
{
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
