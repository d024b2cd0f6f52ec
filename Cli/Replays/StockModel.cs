namespace ActorShop.Cli.Replays;

/// <summary>The stock of a shop that takes one step at a time: the outcome that each step must have if the steps of a SKU keep their order.</summary>
/// <remarks>
/// Pure. With the order per SKU kept, the shop must refuse exactly the steps that this model refuses: an order takes the sum of its
/// lines per SKU or nothing, an adjustment out takes all its units or nothing, and returned units are available at once.
/// </remarks>
/// <param name="opening">The opening stock of each tracked SKU; absent SKUs are not counted.</param>
internal sealed class StockModel(IReadOnlyDictionary<string, long> opening)
{
    private readonly Dictionary<string, long> _onHand = new(opening, StringComparer.Ordinal);
    private readonly HashSet<string> _refusedOrders = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> OnHand => _onHand;

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

    private void Restock(IEnumerable<ReplayItem> items)
    {
        foreach (var item in items.Where(static item => item.Restock is true))
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
