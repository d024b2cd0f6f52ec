namespace ActorShop.Orders;

/// <summary>Finds the lines of a refund, and divides its money into what was paid for them and what is beyond.</summary>
/// <remarks>
/// For one refund of one order; the order is not changed. Units and money of a line are counted separately: a unit that came back for less than
/// was paid leaves money that can be refunded.
/// </remarks>
internal sealed class RefundAllocation
{
    private readonly Order _order;
    private readonly ImmutableArray<long> _captured;
    private readonly SortedDictionary<int, LineReturn> _taken = [];

    public RefundAllocation(Order order)
    {
        _order = order;
        _captured = [.. order.Command!.Lines.Select(line => line.Paid(order.Command.Totals.TaxInclusive))];
    }

    /// <summary>The units and money returned of each line.</summary>
    public ImmutableArray<LineReturn> Returns => [.. _taken.Values];

    public long Refund => _taken.Values.Sum(static line => line.Amount);

    /// <summary>The money beyond what was paid for the lines.</summary>
    public long Credit { get; private set; }

    /// <summary>Takes the units and the money of an item from the lines of its SKU.</summary>
    /// <param name="creditNote">Whether money beyond what was paid is a credit; otherwise it is refused.</param>
    /// <returns>Null if they are taken; otherwise why not.</returns>
    public OrderOperationResult? Take(RefundItem item, bool creditNote)
    {
        // A line at the stated price comes first, then one that covers the price. Then the order of the lines.
        var lines = _order.Command!.Lines;
        var candidates = Enumerable.Range(0, lines.Length)
            .Where(index => lines[index].Sku == item.Sku && (item.Quantity == 0 || UnitsLeft(index) > 0))
            .OrderByDescending(index => lines[index].UnitPrice == item.UnitPrice)
            .ThenByDescending(index => item.UnitPrice is { } price && lines[index].UnitPrice.Amount > price.Amount)
            .ThenBy(static index => index)
            .ToArray();
        var units = candidates.Sum(index => (long)UnitsLeft(index));
        if (candidates.Length == 0 || units < item.Quantity)
        {
            return new OrderOperationResult.NoSuchLine(item.Sku, (int)Math.Min(units, int.MaxValue));
        }

        ImmutableArray<(int Line, int Units)> taken = [.. item.Quantity == 0 ? candidates.Select(static index => (index, 0)) : UnitsOf(candidates, item.Quantity)];
        var refundable = taken.Sum(line => MoneyLeft(line.Line));
        var beyond = item.Amount?.Amount ?? 0;
        foreach (var (line, count) in taken)
        {
            var stated = item.Amount is not null ? 0 : item.UnitPrice is { } price ? (price * count).Amount : Math.Min(WorthOf(line, count), MoneyLeft(line));
            var covered = Math.Min(stated, MoneyLeft(line));
            Take(line, count, covered);
            beyond += stated - covered;
        }

        // What one line does not cover another one may.
        foreach (var (line, _) in taken)
        {
            var covered = Math.Min(beyond, MoneyLeft(line));
            Take(line, units: 0, covered);
            beyond -= covered;
        }

        Credit += beyond;
        return beyond > 0 && !creditNote ? new OrderOperationResult.ExceedsPaid(item.Sku, _order.MoneyOf(refundable)) : null;
    }

    private IEnumerable<(int Line, int Units)> UnitsOf(int[] candidates, int wanted)
    {
        foreach (var line in candidates)
        {
            var units = Math.Min(wanted, UnitsLeft(line));
            wanted -= units;
            if (units > 0)
            {
                yield return (line, units);
            }
        }
    }

    private void Take(int index, int units, long amount)
    {
        if (units > 0 || amount > 0)
        {
            var taken = _taken.GetValueOrDefault(index) ?? new(index, 0, 0);
            _taken[index] = taken with { Units = taken.Units + units, Amount = taken.Amount + amount };
        }
    }

    /// <summary>What was paid for the next units of a line.</summary>
    private long WorthOf(int index, int units)
    {
        var (quantity, before) = (_order.Command!.Lines[index].Quantity, Returned(index).Units);
        return Shares.OfUnits(_captured[index], before + units, quantity) - Shares.OfUnits(_captured[index], before, quantity);
    }

    private int UnitsLeft(int index) => _order.Command!.Lines[index].Quantity - Returned(index).Units;

    private long MoneyLeft(int index) => _captured[index] - Returned(index).Amount;

    private LineReturn Returned(int index)
    {
        var before = _order.Returned.GetValueOrDefault(index);
        var now = _taken.GetValueOrDefault(index);
        return new(index, (before?.Units ?? 0) + (now?.Units ?? 0), (before?.Amount ?? 0) + (now?.Amount ?? 0));
    }
}
