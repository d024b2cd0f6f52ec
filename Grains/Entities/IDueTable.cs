namespace ActorShop;

/// <summary>The index of due work: one row per grain with unfinished work.</summary>
public interface IDueTable
{
    /// <summary>Takes due grains, the most overdue first.</summary>
    /// <remarks>No caller, in any process, takes a grain again before its lease is over.</remarks>
    /// <param name="now">The time: grains due by then are taken.</param>
    /// <param name="lease">How long the caller has the grains to itself.</param>
    /// <param name="limit">The largest number of grains to take.</param>
    Task<ImmutableArray<DueRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit);
}

/// <summary>A row of <see cref="IDueTable"/>.</summary>
/// <param name="StateName">The name of the grain's state, which is its grain type.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="At">When it is due.</param>
public sealed record DueRow(string StateName, string Key, DateTimeOffset At);
