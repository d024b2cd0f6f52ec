namespace ActorShop.Catalog;

/// <summary>Who holds a SKU, and what it sells for.</summary>
internal sealed record OfferRecord : IEntity<OfferRecord, OfferEvent>
{
    /// <summary>The product that claimed the SKU; null for none.</summary>
    public ProductId? Holder { get; init; }

    /// <summary>What it sells for; null before the product was written.</summary>
    public Offer? Offer { get; init; }

    /// <summary>Another product than the one that claims, which was never heard to be written and has to be asked; null for none.</summary>
    public ProductId? ToBeAsked(ProductId product) => Offer is null && Holder != product ? Holder : null;

    /// <summary>Gives the SKU to a product, unless it was ever offered by another.</summary>
    public Decision<ProductId, OfferEvent> Claim(ProductId product) =>
        Holder is { } holder && (Offer is not null || holder == product)
            ? new(holder, [])
            : new(product, [new OfferEvent.Claimed(product)]);

    /// <inheritdoc cref="IOfferGrain.SetAsync"/>
    public ImmutableArray<OfferEvent> Set(Offer offer) =>
        Holder == offer.Product && (Offer is null || Offer.ProductVersion < offer.ProductVersion) ? [new OfferEvent.Changed(offer)] : [];

    /// <inheritdoc/>
    public OfferRecord Apply(OfferEvent happened) => happened.ApplyTo(this);
}
