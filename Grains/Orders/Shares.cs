namespace ActorShop.Orders;

/// <summary>Divides an amount over lines without losing or making a penny.</summary>
internal static class Shares
{
    /// <summary>Spreads an amount in proportion to weights by largest remainder; ties go to the earlier line.</summary>
    /// <param name="amount">What to spread, zero or above.</param>
    /// <param name="weights">Zero or above. Where all are zero the first line takes all.</param>
    public static ImmutableArray<long> Spread(long amount, ImmutableArray<long> weights)
    {
        if (weights.IsEmpty)
        {
            return [];
        }

        var sum = weights.Aggregate(Int128.Zero, static (total, weight) => total + weight);
        if (sum == 0)
        {
            return [amount, .. Enumerable.Repeat(0L, weights.Length - 1)];
        }

        var shares = weights.Select(weight => (long)((Int128)amount * weight / sum)).ToArray();
        var missing = amount - shares.Sum();
        foreach (var line in Enumerable.Range(0, weights.Length)
            .OrderByDescending(line => (Int128)amount * weights[line] % sum)
            .ThenBy(static line => line)
            .Take((int)missing))
        {
            shares[line]++;
        }

        return [.. shares];
    }

    /// <summary>What the first units of a line come to, so that all of them come to exactly the line.</summary>
    public static long OfUnits(long line, int units, int quantity) => (long)((Int128)line * units / quantity);
}
