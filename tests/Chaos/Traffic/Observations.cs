namespace ActorShop.Chaos.Traffic;

/// <summary>Every attempt of every customer, from the beginning of a run. Safe from any thread.</summary>
internal sealed class Observations(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<Attempt> _attempts = [];
    private readonly long _began = clock.GetTimestamp();

    /// <summary>The time since the run began.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_began);

    /// <summary>How many attempts there were so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _attempts.Count;
            }
        }
    }

    /// <summary>Notes an attempt that is over.</summary>
    public void Add(Attempt attempt)
    {
        lock (_lock)
        {
            _attempts.Add(attempt);
        }
    }

    /// <summary>Forgets what was, for runs that are measured piece by piece.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _attempts.Clear();
        }
    }

    /// <summary>Everything so far, in the order in which it ended.</summary>
    public IReadOnlyList<Attempt> Take()
    {
        lock (_lock)
        {
            return [.. _attempts];
        }
    }
}

/// <summary>What customers saw within a stretch of time.</summary>
/// <param name="Attempts">Attempts that ended in it.</param>
/// <param name="Failed">Those of them without an answer of the shop's own.</param>
/// <param name="LongestStall">The longest time in which no request of anybody was answered.</param>
/// <param name="Slowest">The longest that an answered attempt took.</param>
internal sealed record Sight(int Attempts, int Failed, TimeSpan LongestStall, TimeSpan Slowest)
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
            stall,
            within.Where(static attempt => attempt.IsServed).Select(static attempt => attempt.Took).DefaultIfEmpty().Max());
    }
}
