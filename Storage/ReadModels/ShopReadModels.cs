using ActorShop.Catalog;
using ActorShop.Reporting;
using Microsoft.Extensions.Logging;

namespace ActorShop.Storage.ReadModels;

/// <summary>Answers questions from the read models, and from the tables that grains write.</summary>
/// <remarks>A feature's file has the statements that fill its tables beside those that read them.</remarks>
internal sealed class ShopReadModels(IDatabase database, Locality locality, TimeProvider clock, ILogger<ShopReadModels> logger) : IReadModels
{
    private readonly Projection _projection = new(database, locality, clock, logger);

    public Task<int> ProjectAsync(string topic, int limit) => _projection.ProjectAsync(topic, limit);

    public Task<long> RebuildAsync(string topic) => _projection.RebuildAsync(topic);

    public Task<long> GetLagAsync(string topic) => database.QueryAsync(async session => (await _projection.LagAsync(session, topic)).Events);

    public Task<ProductList> FindProductsAsync(ProductQuery query) => WithLagAsync(
        session => Products.FindAsync(session, query), static (list, lag) => list with { Page = list.Page with { LagSeconds = lag } });

    public Task<ImmutableArray<CategoryView>> GetCategoriesAsync() => database.QueryAsync(Categories.ListAsync);

    public Task<Page<OrderSummary>> FindOrdersAsync(OrderQuery query) => WithLagAsync(
        session => Orders.FindAsync(session, query), static (page, lag) => page with { LagSeconds = lag });

    public Task<SalesReport> GetSalesAsync(SalesQuery query) => database.QueryAsync(async session =>
        await Sales.ReportAsync(session, query, locality, await _projection.LagAsync(session, Projections.Reporting)));

    public Task<ImmutableArray<BestSeller>> GetBestSellersAsync(DateOnly? from, DateOnly? to, int limit) =>
        database.QueryAsync(session => Sales.BestSellersAsync(session, from, to, limit));

    public Task<StockValueReport> GetStockValueAsync(string currency) => database.QueryAsync(session => StockLevels.ValueAsync(session, currency));

    public Task<Page<HistoryEntry>> GetHistoryAsync(string stream, long after, int limit) =>
        database.ReadAsync(session => EntityTables.HistoryAsync(session, stream, after, limit));

    public Task<Page<SagaEntry>> FindSagasAsync(string? step, string? after, int limit) =>
        database.QueryAsync(session => EntityTables.SagasAsync(session, step, after, limit));

    public Task<ImmutableArray<DueWork>> GetDueWorkAsync(DateTimeOffset now) => database.QueryAsync(session => EntityTables.DueWorkAsync(session, now));

    public Task<Page<OutboxEntry>> GetOutboxAsync(string? after, int limit) =>
        database.QueryAsync(session => EntityTables.OutboxAsync(session, after, limit));

    public Task<Page<PostingEntry>> GetLedgerAsync(string? account, string? after, int limit) =>
        database.QueryAsync(session => EntityTables.LedgerAsync(session, account, after, limit));

    public Task<ImmutableArray<AccountBalance>> GetBalancesAsync() => database.QueryAsync(EntityTables.BalancesAsync);

    private Task<T> WithLagAsync<T>(Func<DbSession, Task<T>> ask, Func<T, double, T> with) => database.QueryAsync(async session =>
        with(await ask(session), (await _projection.LagAsync(session, Projections.Reporting)).Seconds));
}
