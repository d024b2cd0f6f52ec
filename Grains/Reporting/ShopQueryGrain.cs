using ActorShop.Catalog;

namespace ActorShop.Reporting;

[StatelessWorker, Reentrant, GrainType("queries")]
internal sealed class ShopQueryGrain(IReadModels readModels) : Grain, IShopQueryGrain
{
    public Task<ProductList> FindProductsAsync(ProductQuery query) => readModels.FindProductsAsync(query);

    public Task<ImmutableArray<CategoryView>> GetCategoriesAsync() => readModels.GetCategoriesAsync();

    public Task<Page<OrderSummary>> FindOrdersAsync(OrderQuery query) => readModels.FindOrdersAsync(query);

    public Task<Page<HistoryEntry>> GetHistoryAsync(string stream, long after, int limit) =>
        readModels.GetHistoryAsync(stream, after, limit);

    public Task<Page<SagaEntry>> FindSagasAsync(string? step, string? after, int limit) =>
        readModels.FindSagasAsync(step, after, limit);

    public Task<ImmutableArray<DueWork>> GetDueWorkAsync(DateTimeOffset now) => readModels.GetDueWorkAsync(now);

    public Task<Page<OutboxEntry>> GetOutboxAsync(string? after, int limit) => readModels.GetOutboxAsync(after, limit);

    public Task<Page<PostingEntry>> GetLedgerAsync(string? account, string? after, int limit) =>
        readModels.GetLedgerAsync(account, after, limit);

    public Task<ImmutableArray<AccountBalance>> GetBalancesAsync() => readModels.GetBalancesAsync();

    public Task<SalesReport> GetSalesAsync(SalesQuery query) => readModels.GetSalesAsync(query);

    public Task<ImmutableArray<BestSeller>> GetBestSellersAsync(DateOnly? from, DateOnly? to, int limit) =>
        readModels.GetBestSellersAsync(from, to, limit);

    public Task<StockValueReport> GetStockValueAsync(string currency) => readModels.GetStockValueAsync(currency);

    public Task<long> GetLagAsync(string projection) => readModels.GetLagAsync(projection);

    public Task<long> RebuildAsync(string projection) => readModels.RebuildAsync(projection);
}
