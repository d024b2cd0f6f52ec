namespace ActorShop.Api.Catalog;

/// <summary>The pages of products that shoppers read last, by the query of the request.</summary>
internal sealed class ProductListCache(TimeProvider clock) : AnswerCache<ProductListResponse>(Lifetime, clock)
{
    /// <summary>The age that <c>Cache-Control</c> allows to any cache.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(CatalogEndpoints.MaxAge);

    public Task<CachedAnswer<ProductListResponse>?> GetAsync(string query, Func<Task<CachedAnswer<ProductListResponse>?>> readAsync) =>
        ShareAsync(query, _ => readAsync());
}
