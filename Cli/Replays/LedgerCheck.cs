using System.Collections.Concurrent;
using ActorShop.Cli.Scheduling;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Replays;

/// <summary>
/// Reads every stock ledger: its deltas must add up to what is on hand, its sequence must have no gap, nothing may be left reserved.
/// </summary>
internal sealed class LedgerCheck(ShopClient shop)
{
    private const string OpeningReason = "opening stock";

    private readonly ConcurrentQueue<string> _differences = new();
    private readonly ConcurrentDictionary<string, long> _opening = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _onHand = new(StringComparer.Ordinal);
    private long _checked;
    private long _entries;

    /// <summary>SKUs that are through.</summary>
    public long Checked => Interlocked.Read(ref _checked);

    /// <summary>Entries read.</summary>
    public long Entries => Interlocked.Read(ref _entries);

    /// <summary>What does not add up.</summary>
    public IReadOnlyCollection<string> Differences => _differences;

    /// <summary>The opening stock of each tracked SKU, by its ledger.</summary>
    public IReadOnlyDictionary<string, long> Opening => _opening;

    /// <summary>What is on hand of each tracked SKU.</summary>
    public IReadOnlyDictionary<string, long> OnHand => _onHand;

    /// <summary>Checks all SKUs, many at once.</summary>
    public async Task RunAsync(IEnumerable<string> skus, int concurrency, CancellationToken cancellationToken)
    {
        using var scheduler = new DependencyScheduler<string>(static _ => [], concurrency, concurrency * 2);
        await scheduler.RunAsync(skus.ToAsyncEnumerable(), sku => CheckAsync(sku, cancellationToken), cancellationToken);
    }

    private async Task CheckAsync(string sku, CancellationToken cancellationToken)
    {
        var path = ShopReads.Escape(sku);
        var answer = await shop.SendAsync(ShopRequest.Get($"/v1/stock/{path}"), cancellationToken);
        if (!answer.IsFine)
        {
            // A SKU that nothing ever moved has no stock.
            if (answer.Status is not 404)
            {
                _differences.Enqueue($"{sku}: {answer.Explanation}");
            }

            Interlocked.Increment(ref _checked);
            return;
        }

        long sum = 0, sequence = 0, opening = 0;
        await foreach (var entry in shop.ListAsync($"/v1/admin/stock/{path}/ledger", cancellationToken))
        {
            sequence++;
            if (entry.GetProperty("sequence").GetInt64() != sequence)
            {
                _differences.Enqueue($"{sku}: the ledger has {entry.GetProperty("sequence").GetInt64()} where {sequence} is due");
                break;
            }

            var data = entry.GetProperty("data");
            var delta = data.GetProperty("delta").GetInt64();
            sum += delta;
            if (data.TryGetProperty("reason", out var reason) && reason.ValueEquals(OpeningReason))
            {
                opening += delta;
            }
        }

        var level = answer.Body;
        var onHand = level.GetProperty("onHand").GetInt64();
        Require(sku, "the deltas add up to", sum, "on hand are", onHand);
        Require(sku, "entries are", sequence, "the version is", level.GetProperty("version").GetInt64());
        Require(sku, "reserved are", level.GetProperty("reserved").GetInt64(), "of finished orders there should be", 0);
        if (answer.Text("policy") is "tracked")
        {
            _opening[sku] = opening;
            _onHand[sku] = onHand;
        }

        Interlocked.Add(ref _entries, sequence);
        Interlocked.Increment(ref _checked);
    }

    private void Require(string sku, string what, long actual, string other, long expected)
    {
        if (actual != expected)
        {
            _differences.Enqueue($"{sku}: {what} {actual}, {other} {expected}");
        }
    }
}
