namespace ActorShop.Catalog;

/// <inheritdoc cref="IOfferGrain"/>
[Reentrant]
[GrainType("offer")]
internal sealed class OfferGrain(
    [PersistentState("offer")] IPersistentState<Stored<OfferRecord, OfferEvent>> stored,
    TimeProvider clock) : EntityGrain<OfferRecord, OfferEvent>(stored, clock), IOfferGrain
{
    private Sku Sku => new(Key[(Key.IndexOf('/') + 1)..]);

    public async Task<ProductId> ClaimAsync(ProductId product)
    {
        // A product that was written keeps its SKU, however long its offer takes to follow.
        if (Head.LapsedHolder(product, Now) is { } holder
            && await GrainFactory.Product(holder).GetAsync() is { } written
            && written.Variants.Any(variant => variant.Sku == Sku))
        {
            return holder;
        }

        return await CommitAsync(Head.Claim(product, Now));
    }

    public Task ReleaseAsync(ProductId product) => CommitAsync(Head.Release(product));

    public Task SetAsync(Offer offer) => CommitAsync(Head.Set(offer));

    public Task<Offer?> GetAsync() => Task.FromResult(Committed.Offer);
}
