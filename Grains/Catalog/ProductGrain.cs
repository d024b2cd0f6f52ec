using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace ActorShop.Catalog;

// Not reentrant, unlike other entities: a change spans calls to categories, external ids and offers, and the next one has to wait
// until those are settled.
[GrainType("product")]
internal sealed partial class ProductGrain(
    [PersistentState("product")] IPersistentState<EntityRecord<Product, ProductEvent>> stored,
    TimeProvider clock,
    ILogger<ProductGrain> logger) : EntityGrain<Product, ProductEvent>(stored, clock), IProductGrain
{
    // The draft that is being written: its SKUs and its external id are claimed first.
    private ProductDraft? _draft;

    private ProductId Id => new(Key);

    public async Task<PutProductResult> PutAsync(ProductDraft draft, long? expectedVersion, bool dryRun = false)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Variants.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A product has a name and at least one variant.", nameof(draft));
        }

        if (Head.CheckVersion(expectedVersion) is { } refusal)
        {
            return refusal;
        }

        if (dryRun)
        {
            return await CheckCategoryAsync(draft) ?? await CheckExternalIdAsync(draft) ?? await CheckSkusAsync(draft)
                ?? Head.Put(Id, draft, Now).Reply;
        }

        _draft = draft;
        try
        {
            if (!Head.Says(draft)
                && (await CheckCategoryAsync(draft) ?? await ClaimExternalIdAsync(draft) ?? await ClaimSkusAsync(draft)) is { } refused)
            {
                return refused;
            }

            var reply = await CommitAsync(Head.Put(Id, draft, Now));
            await TryFollowAsync();
            return reply;
        }
        finally
        {
            _draft = null;
        }
    }

    public async Task<PutProductResult> ArchiveAsync(long? expectedVersion)
    {
        var reply = await CommitAsync(Head.Archive(expectedVersion, Now));
        await TryFollowAsync();
        return reply;
    }

    public Task<ProductView?> GetAsync() => Task.FromResult(Committed.View);

    public Task<bool> HoldsExternalIdAsync(string externalId) => Task.FromResult(
        string.Equals(_draft?.ExternalId, externalId, StringComparison.Ordinal)
        || string.Equals(Head.View?.ExternalId, externalId, StringComparison.Ordinal));

    public Task<bool> HoldsSkuAsync(Sku sku) => Task.FromResult(
        Head.Holds(sku) || _draft?.Variants.Any(variant => variant.Sku == sku) == true);

    public Task ResumeAsync() => DeactivatesUnlessDue() ? Task.CompletedTask : FollowAsync();

    private async Task FollowAsync()
    {
        if (Head is { OffersPending: true, View: { } view })
        {
            await Task.WhenAll(Head.Offers().Select(offer => GrainFactory.Offer(offer.Sku).SetAsync(offer)));
            await CommitAsync(Head.Followed(view.Version));
        }
    }

    // The change does not wait for the stream, and an event may be lost: caches expire anyway. A host without the stream has no caches.
    private async Task AnnounceAsync()
    {
        if (ServiceProvider.GetKeyedService<IStreamProvider>(ProductChanged.Provider) is { } provider && Committed.View is { } view)
        {
            await provider.GetStream<ProductChanged>(ProductChanged.Namespace, ProductChanged.Key).OnNextAsync(new ProductChanged(view.Id, view.Version));
        }
    }

    private async Task<PutProductResult?> CheckCategoryAsync(ProductDraft draft)
    {
        if (draft.Category is not { } code || string.Equals(code, Head.View?.Category, StringComparison.Ordinal))
        {
            return null;
        }

        return await GrainFactory.Category(code).GetAsync() is { Archived: false } ? null : new PutProductResult.UnknownCategory(code);
    }

    private async Task<PutProductResult?> ClaimExternalIdAsync(ProductDraft draft)
    {
        if (draft.ExternalId is not { } externalId || string.Equals(externalId, Head.View?.ExternalId, StringComparison.Ordinal))
        {
            return null;
        }

        var owner = await GrainFactory.ExternalId(ActorShop.ExternalId.OfProducts, externalId).ClaimAsync(Key);
        return string.Equals(owner, Key, StringComparison.Ordinal) ? null : new PutProductResult.ExternalIdTaken(new(owner));
    }

    private async Task<PutProductResult?> CheckExternalIdAsync(ProductDraft draft) =>
        draft.ExternalId is { } externalId
        && await GrainFactory.ExternalId(ActorShop.ExternalId.OfProducts, externalId).GetOwnerAsync() is { } owner
        && !string.Equals(owner, Key, StringComparison.Ordinal)
        && await GrainFactory.Product(new(owner)).HoldsExternalIdAsync(externalId)
            ? new PutProductResult.ExternalIdTaken(new(owner))
            : null;

    private async Task<PutProductResult?> CheckSkusAsync(ProductDraft draft)
    {
        var offers = await Task.WhenAll(Head.NewSkus(draft).Select(sku => GrainFactory.Offer(sku).GetAsync()));
        return offers.FirstOrDefault(offer => offer is not null && offer.Product != Id) is { } taken
            ? new PutProductResult.SkuTaken(taken.Sku, taken.Product)
            : null;
    }

    private async Task<PutProductResult?> ClaimSkusAsync(ProductDraft draft)
    {
        var claims = await Task.WhenAll(Head.NewSkus(draft).Select(async sku =>
            (Sku: sku, Holder: await GrainFactory.Offer(sku).ClaimAsync(Id))));
        var taken = Array.FindIndex(claims, claim => claim.Holder != Id);
        return taken < 0 ? null : new PutProductResult.SkuTaken(claims[taken].Sku, claims[taken].Holder);
    }

    // The change and the pending update are durable: after a fault the worker of due work resumes the product.
    private async Task TryFollowAsync()
    {
        AnnounceAsync().Ignore();
        try
        {
            await FollowAsync();
        }
        catch (Exception failure)
        {
            LogNotFollowed(failure, Key);
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "The offers of {Product} are not updated yet; it is retried.")]
    private partial void LogNotFollowed(Exception failure, string product);
}
