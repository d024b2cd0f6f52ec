namespace ActorShop.Reporting;

/// <summary>Questions answered from the read models, and from the tables that grains write.</summary>
public interface IShopQueries
{
    [Alias("products")]
    Task<ProductList> FindProductsAsync(ProductQuery query);

    /// <summary>All categories that are not archived, by code.</summary>
    [Alias("categories")]
    Task<ImmutableArray<Catalog.CategoryView>> GetCategoriesAsync();

    [Alias("orders")]
    Task<Page<OrderSummary>> FindOrdersAsync(OrderQuery query);

    /// <summary>The events of one stream (an order's history, a stock's ledger), from the table of events.</summary>
    /// <param name="stream">The key of the grain, such as <c>ord_…</c> or <c>sku/85123A</c>.</param>
    [Alias("history")]
    Task<Page<HistoryEntry>> GetHistoryAsync(string stream, long after, int limit);

    /// <summary>Sagas that have not ended (or are in a stated step), from the index of due work and the heads.</summary>
    [Alias("sagas")]
    Task<Page<SagaEntry>> FindSagasAsync(string? step, string? after, int limit);

    /// <summary>How many grains of each kind were due at a moment and are not resumed yet.</summary>
    [Alias("due-work")]
    Task<ImmutableArray<DueWork>> GetDueWorkAsync(DateTimeOffset now);

    [Alias("outbox")]
    Task<Page<OutboxEntry>> GetOutboxAsync(string? after, int limit);

    /// <summary>Postings of the account book in the order of their streams.</summary>
    [Alias("ledger"), ResponseTimeout(LongCalls.Timeout)]
    Task<Page<PostingEntry>> GetLedgerAsync(string? account, string? after, int limit);

    [Alias("balances"), ResponseTimeout(LongCalls.Timeout)]
    Task<ImmutableArray<AccountBalance>> GetBalancesAsync();

    [Alias("sales"), ResponseTimeout(LongCalls.Timeout)]
    Task<SalesReport> GetSalesAsync(SalesQuery query);

    [Alias("best-sellers"), ResponseTimeout(LongCalls.Timeout)]
    Task<ImmutableArray<BestSeller>> GetBestSellersAsync(DateOnly? from, DateOnly? to, int limit);

    [Alias("stock-value"), ResponseTimeout(LongCalls.Timeout)]
    Task<StockValueReport> GetStockValueAsync(string currency);

    /// <summary>How many committed events have not reached a read model yet.</summary>
    [Alias("lag")]
    Task<long> GetLagAsync(string projection);

    /// <summary>Empties a read model and makes it again from the events.</summary>
    [Alias("rebuild"), ResponseTimeout("00:10:00")]
    Task<long> RebuildAsync(string projection);
}
