using ActorShop.Testing.Customers;

namespace ActorShop.Chaos.Traffic;

/// <summary>What clients saw within a period.</summary>
/// <param name="Attempts">Attempts that ended in it.</param>
/// <param name="Failed">Those without an answer of the shop.</param>
/// <param name="LongestStall">The longest time without any answer.</param>
internal sealed record Sight(int Attempts, int Failed, TimeSpan LongestStall)
{
    /// <summary>What was seen between two moments.</summary>
    public static Sight Of(IEnumerable<Attempt> attempts, TimeSpan from, TimeSpan to)
    {
        ArgumentNullException.ThrowIfNull(attempts);

        var within = attempts.Where(attempt => attempt.Ended >= from && attempt.Ended <= to).ToArray();
        var (last, stall) = (from, TimeSpan.Zero);
        foreach (var ended in within.Where(static attempt => attempt.IsServed).Select(static attempt => attempt.Ended).Order().Append(to))
        {
            stall = ended - last > stall ? ended - last : stall;
            last = ended;
        }

        return new Sight(
            within.Length,
            within.Count(static attempt => !attempt.IsServed),
            stall);
    }
}
