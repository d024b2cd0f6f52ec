using ActorShop.Cli.Imports;
using ActorShop.Cli.Shop;
using ActorShop.Import;

namespace ActorShop.Cli.Replays;

/// <summary>
/// Reads every stock ledger: its deltas must add up to the stock on hand, its sequence must have no gap, and nothing may stay reserved.
/// </summary>
internal sealed class LedgerCheck(ShopClient shop)
{
    // An order takes its units after it was answered: at once, or when the stock asks.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<string> _differences = new();
    private readonly ConcurrentDictionary<string, long> _opening = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _onHand = new(StringComparer.Ordinal);
    private long _checked;
    private long _entries;

    public long Checked => Interlocked.Read(ref _checked);

    public long Entries => Interlocked.Read(ref _entries);

    public IReadOnlyCollection<string> Differences => _differences;

    /// <summary>The opening stock of each tracked SKU, by its ledger.</summary>
    public IReadOnlyDictionary<string, long> Opening => _opening;

    public IReadOnlyDictionary<string, long> OnHand => _onHand;

    public Task RunAsync(IEnumerable<string> skus, int concurrency, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        skus, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken }, async (sku, stop) =>
        {
            await CheckAsync(sku, stop);
            Interlocked.Increment(ref _checked);
        });

    private async Task CheckAsync(string sku, CancellationToken cancellationToken)
    {
        var path = ShopReads.Escape(sku);
        var answer = await shop.SendAsync(ShopRequest.Get($"/v1/stock/{path}"), cancellationToken);
        for (var waited = TimeSpan.Zero; answer.IsFine && answer.As<Level>().Reserved > 0 && waited < Patience; waited += Pause)
        {
            await Task.Delay(Pause, cancellationToken);
            answer = await shop.SendAsync(ShopRequest.Get($"/v1/stock/{path}"), cancellationToken);
        }

        if (answer.IsWithoutStockRecord)
        {
            // No ledger, and no unit to sell.
            _opening[sku] = _onHand[sku] = 0;
            return;
        }

        if (!answer.IsFine)
        {
            _differences.Enqueue($"{sku}: {answer.Explanation}");
            return;
        }

        long sum = 0, sequence = 0, opening = 0;
        await foreach (var item in shop.ListAsync($"/v1/admin/stock/{path}/ledger", cancellationToken))
        {
            sequence++;
            var entry = item.Deserialize<Entry>(ShopClient.Json)!;
            if (entry.Sequence != sequence)
            {
                _differences.Enqueue($"{sku}: the ledger has {entry.Sequence} where {sequence} is due");
                break;
            }

            sum += entry.Change;
            opening += entry.Reason is ImportRun.OpeningReason ? entry.Change : 0;
        }

        var level = answer.As<Level>();
        Require(sku, "the changes add up to", sum, "on hand are", level.OnHand);
        Require(sku, "entries are", sequence, "the version is", level.Version);
        Require(sku, "reserved are", level.Reserved, "of finished orders there should be", 0);
        if (level.Policy is ImportVariant.Tracked)
        {
            _opening[sku] = opening;
            _onHand[sku] = level.OnHand;
        }

        Interlocked.Add(ref _entries, sequence);
    }

    private void Require(string sku, string what, long actual, string other, long expected)
    {
        if (actual != expected)
        {
            _differences.Enqueue($"{sku}: {what} {actual}, {other} {expected}");
        }
    }

    private sealed record Level(long OnHand, long Reserved, long Version, string Policy);

    private sealed record Entry(long Sequence, long Change, string? Reason);
}
