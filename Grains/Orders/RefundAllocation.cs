namespace ActorShop.Orders;

/// <summary>Finds the lines of a refund, and divides its money into what the lines cover and what becomes a credit note.</summary>
/// <remarks>For one refund of one order; the order is not changed.</remarks>
internal sealed class RefundAllocation
{
    private readonly Order _order;
    private readonly ImmutableArray<long> _captured;
    private readonly SortedDictionary<int, LineReturn> _taken = [];

    public RefundAllocation(Order order)
    {
        _order = order;
        _captured = CapturedPerLine(order.Command!.Lines, order.Command.Totals);
    }

    /// <summary>The units and money returned of each line.</summary>
    public ImmutableArray<LineReturn> Returns => [.. _taken.Values];

    public long Refund => _taken.Values.Sum(static line => line.Amount);

    public long Credit { get; private set; }

    /// <summary>Takes the units of an item from the lines of its SKU.</summary>
    /// <returns>Null if they are taken; otherwise the units that could be.</returns>
    /// <exception cref="ArgumentException">The item is priced below zero or in another currency.</exception>
    public int? Take(RefundItem item)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(item.Quantity, nameof(item));
        if (item.UnitPrice is { } price)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(price.Amount, nameof(item));
            _ = price + _order.Command!.Totals.Total;
        }

        // A line at the stated price comes first, because it covers the price in full. Then the order of the lines.
        var lines = _order.Command!.Lines;
        var candidates = Enumerable.Range(0, lines.Length)
            .Where(index => lines[index].Sku == item.Sku && Left(index) > 0)
            .OrderByDescending(index => lines[index].UnitPrice == item.UnitPrice)
            .ThenBy(static index => index)
            .ToArray();
        var refundable = candidates.Sum(index => (long)Left(index));
        if (refundable < item.Quantity)
        {
            return (int)Math.Min(refundable, int.MaxValue);
        }

        var wanted = item.Quantity;
        foreach (var index in candidates)
        {
            var units = Math.Min(wanted, Left(index));
            if (units > 0)
            {
                Take(index, units, item.UnitPrice);
            }

            wanted -= units;
        }

        return null;
    }

    /// <summary>The money captured for each line: its total less its share of the discount, plus its share of tax on top.</summary>
    internal static ImmutableArray<long> CapturedPerLine(ImmutableArray<Line> lines, Totals totals)
    {
        ImmutableArray<long> weights = [.. lines.Select(static line => line.LineTotal.Amount)];
        var discounts = Shares.Spread(totals.Discounts.Amount, weights);
        var taxes = Shares.Spread(totals.TaxInclusive ? 0 : totals.Taxes.Amount, weights);
        return [.. weights.Select((weight, line) => weight - discounts[line] + taxes[line])];
    }

    private void Take(int index, int units, Money? unitPrice)
    {
        var quantity = _order.Command!.Lines[index].Quantity;
        var returned = Returned(index);
        var stated = unitPrice is { } price
            ? (price * units).Amount
            : Shares.OfUnits(_captured[index], returned.Units + units, quantity) - Shares.OfUnits(_captured[index], returned.Units, quantity);
        var covered = Math.Min(stated, _captured[index] - returned.Amount);
        Credit += stated - covered;

        var taken = _taken.GetValueOrDefault(index) ?? new(index, 0, 0);
        _taken[index] = taken with { Units = taken.Units + units, Amount = taken.Amount + covered };
    }

    private int Left(int index) => _order.Command!.Lines[index].Quantity - Returned(index).Units;

    private LineReturn Returned(int index)
    {
        var before = _order.Returned.GetValueOrDefault(index);
        var now = _taken.GetValueOrDefault(index);
        return new(index, (before?.Units ?? 0) + (now?.Units ?? 0), (before?.Amount ?? 0) + (now?.Amount ?? 0));
    }
}
