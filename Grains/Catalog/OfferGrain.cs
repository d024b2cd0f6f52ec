namespace ActorShop.Catalog;

[Reentrant, GrainType("offer")]
internal sealed class OfferGrain(
    [PersistentState("offer")] IPersistentState<EntityRecord<OfferRecord, OfferEvent>> stored,
    TimeProvider clock) : EntityGrain<OfferRecord, OfferEvent>(stored, clock), IOfferGrain
{
    // Counts claims, to detect one that interleaved with the call below.
    private long _claims;

    private Sku Sku => new(Key[(Key.IndexOf('/') + 1)..]);

    public async Task<ProductId> ClaimAsync(ProductId product)
    {
        _claims++;
        while (Head.ToBeAsked(product) is { } holder)
        {
            var claims = _claims;
            if (await GrainFactory.Product(holder).HoldsSkuAsync(Sku))
            {
                return await CommitAsync(new Decision<ProductId, OfferEvent>(holder, []));
            }

            if (claims == _claims && Head.ToBeAsked(product) == holder)
            {
                break;
            }
        }

        return await CommitAsync(Head.Claim(product));
    }

    public Task SetAsync(Offer offer) => CommitAsync(Head.Set(offer));

    public Task<Offer?> GetAsync() => Task.FromResult(Committed.Offer);
}
