using System.Text.Json;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Testing.Invariants;

namespace ActorShop.Simulation.Shop;

/// <summary>Reads the books of a simulated shop: orders and stocks from its grains, everything else from the store and the provider's journal.</summary>
internal sealed class SimulatedBooks(World world) : IBookkeeper
{
    /// <summary>An enum value as the API writes it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>What has not ended: heads by their labels, and due work other than forgetting old answers and expiring carts.</summary>
    public IReadOnlyList<string> FindUnfinished()
    {
        lock (world.Gate)
        {
            return
            [
                .. world.Store.Labels
                    .Where(static head => head.State is "order" ? head.Label is not ("confirmed" or "failed") : head.Label is not null)
                    .Select(static head => $"{head.Key} is {head.Label}"),
                .. world.Store.AllDue().Where(static due => due.StateName is not ("idempotency" or "cart")).Select(static due => $"{due.Key} is due at {due.At:T}"),
                .. world.Store.Outbox.Select(static message => $"message {message.Sequence} of {message.Stream} is not delivered"),
            ];
        }
    }

    public Task<IReadOnlyList<string>> FindUnfinishedAsync(CancellationToken cancellationToken) => Task.FromResult(FindUnfinished());

    public async Task<Books> ReadAsync(IReadOnlyList<string> unfinished, CancellationToken cancellationToken)
    {
        var (store, orders, stocks) = (world.Store, new Dictionary<string, OrderBook>(StringComparer.Ordinal), new Dictionary<string, StockBook>(StringComparer.Ordinal));
        var known = store.Events.Select(static row => row.Stream)
            .Where(static stream => stream.StartsWith(OrderId.Prefix, StringComparison.Ordinal))
            .Concat(world.Receipts.All.Select(static receipt => receipt.Order).OfType<string>());
        foreach (var id in known.Distinct(StringComparer.Ordinal).ToArray())
        {
            if (await AskAsync(async grains => await grains.Order(new(id)).GetAsync()) is { } order)
            {
                orders[id] = new(
                    id, Word(order.Status), Word(order.PaymentStatus), order.Cart?.Value, order.ExternalId,
                    [.. order.Items.Select(static line => new LineBook(line.Sku.Value, line.Quantity, line.UnitPrice.Amount))], order.Totals.Total.Amount,
                    order.Refunded.Amount);
            }
        }

        foreach (var good in world.Workload.Goods)
        {
            if (await AskAsync<StockLevel>(async grains => await grains.Stock(new(good.Sku)).GetAsync()) is { } level)
            {
                stocks[good.Sku] = new(level.OnHand, level.Reserved, level.Version);
            }
        }

        return new(
            orders,
            stocks,
            [.. store.Events.Select(static row => StoredEvent.Read(row.Stream, row.Sequence, row.Data)).OfType<StoredEvent>()],
            [.. world.Journal.Entries.Select(static entry => new ProviderEntry(
                entry.Key, Word(entry.Kind), entry.Payment, entry.Amount, entry.Currency, Word(entry.Outcome)))],
            store.Postings,
            world.ReadModel.Listed,
            unfinished);
    }

    // Everything is healed, but a silo may be about to learn that it was declared dead.
    private async Task<T?> AskAsync<T>(Func<IGrainFactory, Task<T?>> ask)
        where T : class
    {
        const int Attempts = 100;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await world.AskAsync(attempt % world.SiloCount, ask);
            }
            catch (Exception fault) when (GrainShop.IsFault(fault))
            {
                if (attempt == Attempts)
                {
                    world.Receipts.Report($"the books could not be read: {fault.Message}");
                    return null;
                }

                await world.DelayAsync(TimeSpan.FromMilliseconds(200));
            }
        }
    }
}
