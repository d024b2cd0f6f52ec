namespace ActorShop.Catalog;

/// <summary>Who holds a SKU, and what it sells for.</summary>
internal sealed record OfferRecord : IHead<OfferRecord, OfferEvent>
{
    /// <summary>How long a claim waits for the offer that should follow it: longer than any call lives.</summary>
    public static readonly TimeSpan ClaimLifetime = TimeSpan.FromMinutes(10);

    /// <summary>The product that claimed the SKU; null for none.</summary>
    public ProductId? Holder { get; init; }

    /// <summary>When it did.</summary>
    public DateTimeOffset ClaimedAt { get; init; }

    /// <summary>What it sells for; null before the product was written.</summary>
    public Offer? Offer { get; init; }

    /// <summary>Another product whose claim is old enough to be taken over, if it was never written; null for none.</summary>
    public ProductId? LapsedHolder(ProductId product, DateTimeOffset now) =>
        Offer is null && Holder != product && now >= ClaimedAt + ClaimLifetime ? Holder : null;

    /// <inheritdoc cref="IOfferGrain.ClaimAsync"/>
    public Decision<ProductId, OfferEvent> Claim(ProductId product, DateTimeOffset now) =>
        Holder is { } holder && (Offer is not null || holder == product || now < ClaimedAt + ClaimLifetime)
            ? new(holder, [])
            : new(product, [new OfferEvent.Claimed(product, now)]);

    /// <inheritdoc cref="IOfferGrain.ReleaseAsync"/>
    public ImmutableArray<OfferEvent> Release(ProductId product) =>
        Offer is null && Holder == product ? [new OfferEvent.Released()] : [];

    /// <inheritdoc cref="IOfferGrain.SetAsync"/>
    public ImmutableArray<OfferEvent> Set(Offer offer) =>
        Holder == offer.Product && (Offer is null || Offer.ProductVersion < offer.ProductVersion) ? [new OfferEvent.Changed(offer)] : [];

    /// <inheritdoc/>
    public OfferRecord Apply(OfferEvent happened) => happened switch
    {
        OfferEvent.Claimed e => this with { Holder = e.Product, ClaimedAt = e.At },
        OfferEvent.Released => new(),
        OfferEvent.Changed e => this with { Offer = e.Offer },
        _ => this,
    };
}

/// <summary>What happened to a SKU's offer.</summary>
internal abstract record OfferEvent : IEvent
{
    private OfferEvent()
    {
    }

    /// <summary>A product holds the SKU.</summary>
    [Alias("catalog.offer-event.claimed")]
    internal sealed record Claimed(ProductId Product, DateTimeOffset At) : OfferEvent;

    /// <summary>The claim was given back.</summary>
    [Alias("catalog.offer-event.released")]
    internal sealed record Released : OfferEvent;

    /// <summary>It sells for something else, under another name, or not any more.</summary>
    [Alias("catalog.offer-event.changed")]
    internal sealed record Changed(Offer Offer) : OfferEvent;
}
