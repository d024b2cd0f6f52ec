using System.Collections.Concurrent;
using ActorShop.Cli.Shop;

namespace ActorShop.Chaos.Workload;

/// <summary>Whoever works in the shop: takes the money of orders, gives some back, calls some off, and puts units on the shelf.</summary>
/// <param name="shop">The shop.</param>
/// <param name="receipts">Where answers are written down.</param>
/// <param name="observations">The time of the run.</param>
/// <param name="goods">What there is.</param>
/// <param name="bought">Orders to work on.</param>
/// <param name="plan">How customers are.</param>
/// <param name="number">Which clerk.</param>
/// <param name="name">Unlike anybody else's.</param>
/// <param name="clock">The time.</param>
internal sealed class Clerk(
    ShopClient shop, Receipts receipts, Observations observations, IReadOnlyList<ChaosGood> goods, ConcurrentQueue<BoughtOrder> bought,
    WorkloadPlan plan, int number, string name, TimeProvider clock) : Client(shop, receipts, observations, name)
{
    private readonly Random _random = new(unchecked((plan.Seed * 31) ^ (number + 10_000)));

    /// <inheritdoc/>
    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (_random.Next(8) == 0)
        {
            await RestockAsync(cancellationToken);
        }

        if (!bought.TryDequeue(out var order))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
            return;
        }

        switch (_random.Next(10))
        {
            case 0 or 1:
                await CancelAsync(order, cancellationToken);
                break;
            case < 7:
                if (await OperateAsync(ReceiptKind.Capture, order, "capture", new object(), null, cancellationToken) && _random.Next(2) == 0)
                {
                    await RefundAsync(order, cancellationToken);
                    if (_random.Next(5) == 0)
                    {
                        await CancelAsync(order, cancellationToken);
                    }
                }

                break;
        }
    }

    private Task<ShopAnswer?> CancelAsync(BoughtOrder order, CancellationToken cancellationToken) => AskAsync(
        new Receipt(ReceiptKind.Cancel, NextKey(), $"/v1/orders/{order.Id}/cancel", 0) { Order = order.Id },
        new ReasonBody("changed my mind"), amount: null, cancellationToken);

    private Task<bool> RefundAsync(BoughtOrder order, CancellationToken cancellationToken)
    {
        var (sku, quantity) = order.Units.ElementAt(_random.Next(order.Units.Count));
        return OperateAsync(
            ReceiptKind.Refund, order, "refunds",
            new RefundBody([new BackBody(sku, _random.Next(1, quantity + 1), _random.Next(2) == 0)], "does not fit"), "refunded", cancellationToken);
    }

    private async Task<bool> OperateAsync(
        ReceiptKind kind, BoughtOrder order, string verb, object body, string? amount, CancellationToken cancellationToken)
    {
        var draft = new Receipt(kind, NextKey(), $"/v1/admin/orders/{order.Id}/{verb}", 0) { Order = order.Id };
        return await AskAsync(draft, body, amount, cancellationToken) is { IsFine: true };
    }

    // The key is the reason, so that the ledger itself says which acknowledged receipt an entry is.
    private Task<ShopAnswer?> RestockAsync(CancellationToken cancellationToken)
    {
        var (sku, units, key) = (goods[_random.Next(goods.Count)].Sku, _random.Next(1, 20), NextKey());
        return AskAsync(
            new Receipt(ReceiptKind.Restock, key, $"/v1/admin/stock/{ShopReads.Escape(sku)}/adjustments", 0)
            {
                Units = new Dictionary<string, int>(StringComparer.Ordinal) { [sku] = units },
            },
            new AdjustBody(units, key), amount: null, cancellationToken);
    }

    private sealed record ReasonBody(string Reason);

    private sealed record AdjustBody(int Delta, string Reason);

    private sealed record RefundBody(IReadOnlyList<BackBody> Items, string Reason);

    private sealed record BackBody(string Sku, int Quantity, bool Restock);
}
