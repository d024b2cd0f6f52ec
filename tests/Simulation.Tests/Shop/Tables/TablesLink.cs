using System.Collections.Immutable;
using System.Globalization;
using ActorShop.Catalog;
using ActorShop.Reporting;
using Orleans.Storage;

namespace ActorShop.Simulation.Shop;

/// <summary>A machine's way to the tables.</summary>
internal sealed class TablesLink(ShopTables tables, Wire wire, int machine) : IGrainStorage, IEventTable, IDueTable, IReadModels
{
    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = grainId.Key.ToString()!;
        var row = await wire.AskAsync(() => tables.Read(stateName, key));
        grainState.State = Activator.CreateInstance<T>();
        grainState.RecordExists = row is not null;
        grainState.ETag = row?.Version.ToString(CultureInfo.InvariantCulture);
        if (row is not null)
        {
            var stored = Stored(grainState);
            stored.SetHead(row.Head);
            stored.Sequence = row.Sequence;
        }
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = grainId.Key.ToString()!;
        var stored = Stored(grainState);
        var write = new PendingWrite(
            machine,
            stateName,
            key,
            grainState.ETag is null ? null : long.Parse(grainState.ETag, CultureInfo.InvariantCulture),
            stored.HeadToJson(),
            stored.Sequence,
            [.. stored.EventsToJson().Select(row => new EventRow(
                key, row.Sequence, row.At, row.Type, row.Reference, System.Text.Encoding.UTF8.GetString(row.Data)))],
            stored.Outbox,
            stored.Postings,
            stored.Due,
            stored.Label);
        var version = await wire.AskAsync(() => tables.Write(write));
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("The shop clears nothing.");

    /// <inheritdoc/>
    public Task<ImmutableArray<EventRow>> ReadAsync(string stream, long after, int limit) =>
        wire.AskAsync(() => tables.ReadEvents(stream, after, limit));

    /// <inheritdoc/>
    public Task<ImmutableArray<EventRow>> FindAsync(string stream, string reference) =>
        wire.AskAsync(() => tables.FindEvents(stream, reference));

    /// <inheritdoc/>
    public Task<ImmutableArray<DueRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit) =>
        wire.AskAsync(() => tables.TakeDue(now, lease, limit));

    /// <inheritdoc/>
    public Task<int> ProjectAsync(string topic, int limit) => wire.AskAsync(() => tables.Project(limit));

    /// <inheritdoc/>
    public Task<long> GetLagAsync(string topic) => wire.AskAsync(() => (long)tables.Waiting);

    /// <inheritdoc/>
    public Task<long> RebuildAsync(string topic) => throw Unasked();

    /// <inheritdoc/>
    public Task<ProductList> FindProductsAsync(ProductQuery query) => throw Unasked();

    /// <inheritdoc/>
    public Task<ImmutableArray<CategoryView>> GetCategoriesAsync() => throw Unasked();

    /// <inheritdoc/>
    public Task<Page<OrderSummary>> FindOrdersAsync(OrderQuery query) => throw Unasked();

    /// <inheritdoc/>
    public Task<Page<HistoryEntry>> GetHistoryAsync(string stream, long after, int limit) => throw Unasked();

    /// <inheritdoc/>
    public Task<Page<SagaEntry>> FindSagasAsync(string? step, string? after, int limit) => throw Unasked();

    /// <inheritdoc/>
    public Task<Page<OutboxEntry>> GetOutboxAsync(string? after, int limit) => throw Unasked();

    /// <inheritdoc/>
    public Task<Page<PostingEntry>> GetLedgerAsync(string? account, string? after, int limit) => throw Unasked();

    /// <inheritdoc/>
    public Task<ImmutableArray<AccountBalance>> GetBalancesAsync() => throw Unasked();

    /// <inheritdoc/>
    public Task<SalesReport> GetSalesAsync(SalesQuery query) => throw Unasked();

    /// <inheritdoc/>
    public Task<ImmutableArray<BestSeller>> GetBestSellersAsync(DateOnly? from, DateOnly? to, int limit) => throw Unasked();

    /// <inheritdoc/>
    public Task<StockValueReport> GetStockValueAsync(string currency) => throw Unasked();

    private static EntityRecord Stored<T>(IGrainState<T> state) =>
        state.State as EntityRecord ?? throw new NotSupportedException($"{typeof(T)} is not stored in the shop's form.");

    // Questions of operators, which nobody asks in a simulation: the checkers read the tables themselves.
    private static NotSupportedException Unasked() => new("Nobody asks this in a simulation.");
}
