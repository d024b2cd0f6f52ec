namespace ActorShop.Reporting;

/// <summary>Read models made from the events, and questions to them and to the tables beside them. Implemented by the storage.</summary>
/// <remarks>The questions are those of <see cref="IShopQueryGrain"/>. Safe from any thread.</remarks>
public interface IReadModels
{
    /// <summary>Carries the next undelivered events of a topic into its read model: effect and mark in one transaction.</summary>
    /// <returns>How many were carried; 0 when there was nothing.</returns>
    Task<int> ProjectAsync(string topic, int limit);

    /// <summary>How many events of a topic wait.</summary>
    Task<long> GetLagAsync(string topic);

    /// <summary>Empties the read model of a topic and makes it again from all events.</summary>
    /// <returns>The number of events it was made from.</returns>
    Task<long> RebuildAsync(string topic);

    /// <summary>Products by name, category, price and stock, with facets.</summary>
    Task<ProductList> FindProductsAsync(ProductQuery query);

    /// <summary>All categories that are not archived, by code.</summary>
    Task<ImmutableArray<Catalog.CategoryView>> GetCategoriesAsync();

    /// <summary>Orders by their filters, newest first unless asked otherwise.</summary>
    Task<Page<OrderSummary>> FindOrdersAsync(OrderQuery query);

    /// <summary>The events of one stream (an order's history, a stock's ledger), from the table of events.</summary>
    /// <param name="stream">The key of the grain, such as <c>ord_…</c> or <c>sku/85123A</c>.</param>
    /// <param name="after">The sequence after which to begin; 0 for the start.</param>
    /// <param name="limit">1 to 1,000.</param>
    Task<Page<HistoryEntry>> GetHistoryAsync(string stream, long after, int limit);

    /// <summary>Sagas that have not ended (or are in a stated step), from the index of due work and the heads.</summary>
    /// <param name="step">A step; null for all that have not ended.</param>
    /// <param name="after">The key after which to begin; null for the start.</param>
    /// <param name="limit">1 to 1,000.</param>
    Task<Page<SagaEntry>> FindSagasAsync(string? step, string? after, int limit);

    /// <summary>Messages that are not delivered yet.</summary>
    Task<Page<OutboxEntry>> GetOutboxAsync(string? after, int limit);

    /// <summary>Postings of the account book in the order of their streams.</summary>
    Task<Page<PostingEntry>> GetLedgerAsync(string? account, string? after, int limit);

    /// <summary>The balance of each account.</summary>
    Task<ImmutableArray<AccountBalance>> GetBalancesAsync();

    /// <summary>Sales by day or month of placing.</summary>
    Task<SalesReport> GetSalesAsync(SalesQuery query);

    /// <summary>SKUs by units sold.</summary>
    Task<ImmutableArray<BestSeller>> GetBestSellersAsync(DateOnly? from, DateOnly? to, int limit);

    /// <summary>What is on hand, at current prices.</summary>
    Task<StockValueReport> GetStockValueAsync(string currency);
}
