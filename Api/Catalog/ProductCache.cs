using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.Json;

namespace ActorShop.Api.Catalog;

/// <summary>The products that shoppers read last. The catalogue stream removes a product early, when it has changed.</summary>
internal sealed class ProductCache(IGrainFactory grains, IOptions<JsonOptions> json, TimeProvider clock) : AnswerCache<ProductResponse>(Lifetime, clock)
{
    /// <summary>The maximum age of an answer, because an event of the stream may be lost.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <summary>Reads a product for a shopper, and stores the answer.</summary>
    public Task<CachedAnswer<ProductResponse>?> GetAsync(string id) => ShareAsync(id, async known =>
        await grains.Product(new ProductId(id)).GetAsync() is not { } product ? null
        : known?.Version == product.Version ? known
        : Render(product));

    /// <summary>Reads the latest version of a product, and removes an older one from the cache.</summary>
    public async Task<CachedAnswer<ProductResponse>?> GetLatestAsync(string id)
    {
        if (await grains.Product(new ProductId(id)).GetAsync() is not { } product)
        {
            return null;
        }

        Change(id, product.Version);
        return Render(product);
    }

    private CachedAnswer<ProductResponse> Render(ProductView product) =>
        new(ProductResponse.Of(product), json.Value.SerializerOptions, product.Version, ETag.Of(product.Version));
}
