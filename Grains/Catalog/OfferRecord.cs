namespace ActorShop.Catalog;

/// <summary>The holder of a SKU, and its offer.</summary>
internal sealed record OfferRecord : IEntity
{
    public ProductId? Holder { get; init; }

    public Offer? Offer { get; init; }

    /// <summary>Another holder that may never have been written and has to be asked; null if there is none.</summary>
    public ProductId? ToBeAsked(ProductId product) => Offer is null && Holder != product ? Holder : null;

    /// <summary>Gives the SKU to a product, unless another one has offered it.</summary>
    public Decision<ProductId, OfferEvent> Claim(ProductId product) =>
        Holder is { } holder && (Offer is not null || holder == product)
            ? new(holder, [])
            : new(product, [new OfferEvent.Claimed(product)]);

    public ImmutableArray<OfferEvent> Set(Offer offer) =>
        Holder == offer.Product && (Offer is null || Offer.ProductVersion < offer.ProductVersion) ? [new OfferEvent.Changed(offer)] : [];
}
