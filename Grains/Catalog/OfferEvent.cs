namespace ActorShop.Catalog;

/// <summary>What happened to a SKU's offer.</summary>
internal abstract record OfferEvent : IEvent
{
    private OfferEvent()
    {
    }

    /// <summary>A product holds the SKU.</summary>
    [Alias("catalog.offer-event.claimed")]
    internal sealed record Claimed(ProductId Product) : OfferEvent;

    /// <summary>A claim was given back. Read, and no longer written: a holder that does not have the SKU need not say so.</summary>
    [Alias("catalog.offer-event.released")]
    internal sealed record Released : OfferEvent;

    /// <summary>It sells for something else, under another name, or not any more.</summary>
    [Alias("catalog.offer-event.changed")]
    internal sealed record Changed(Offer Offer) : OfferEvent;
}
