namespace ActorShop.Cli.Replays;

/// <summary>The stock of a shop that has one hand: what each step must do if the steps of a SKU come one after another.</summary>
/// <remarks>
/// Pure. With the order per SKU kept, the shop must refuse exactly what this refuses, no more and no less: an order takes the
/// sum of its lines per SKU or nothing, an adjustment out takes what is there or nothing, what comes back is there at once.
/// </remarks>
internal sealed class StockModel
{
    private readonly Dictionary<string, long> _onHand;
    private readonly HashSet<string> _refusedOrders = new(StringComparer.Ordinal);

    /// <summary>Opens the shop.</summary>
    /// <param name="opening">Units of each tracked SKU at the beginning; SKUs that are absent are not counted.</param>
    public StockModel(IReadOnlyDictionary<string, long> opening) => _onHand = new(opening, StringComparer.Ordinal);

    /// <summary>What is on hand of each tracked SKU.</summary>
    public IReadOnlyDictionary<string, long> OnHand => _onHand;

    /// <summary>Takes a step and says what must become of it.</summary>
    public ReplayFate Take(ReplayStep step)
    {
        switch (step)
        {
            case ReplayStep.PlaceOrder order:
                return Sell(order);
            case ReplayStep.Adjust adjust:
                return adjust.Delta > 0 || Has(adjust.Sku, -adjust.Delta) ? Move(adjust.Sku, adjust.Delta) : ReplayFate.Refused;
            case ReplayStep.Refund refund when _refusedOrders.Contains(refund.Order):
                return ReplayFate.Pointless;
            case ReplayStep.Refund refund:
                Restock(refund.Items);
                return ReplayFate.Done;
            case ReplayStep.CreditNote note:
                Restock(note.Items);
                return ReplayFate.Done;
            default:
                return ReplayFate.Done;
        }
    }

    private ReplayFate Sell(ReplayStep.PlaceOrder order)
    {
        var demand = order.Items.GroupBy(static item => item.Sku, StringComparer.Ordinal)
            .Select(static group => (Sku: group.Key, Units: group.Sum(static item => (long)item.Quantity)))
            .ToArray();
        if (!Array.TrueForAll(demand, line => Has(line.Sku, line.Units)))
        {
            _refusedOrders.Add(order.Key);
            return ReplayFate.Refused;
        }

        foreach (var (sku, units) in demand)
        {
            Move(sku, -units);
        }

        return ReplayFate.Done;
    }

    private void Restock(IEnumerable<ReturnItem> items)
    {
        foreach (var item in items.Where(static item => item.Restock))
        {
            Move(item.Sku, item.Quantity);
        }
    }

    private bool Has(string sku, long units) => !_onHand.TryGetValue(sku, out var free) || free >= units;

    private ReplayFate Move(string sku, long delta)
    {
        if (_onHand.TryGetValue(sku, out var units))
        {
            _onHand[sku] = units + delta;
        }

        return ReplayFate.Done;
    }
}
