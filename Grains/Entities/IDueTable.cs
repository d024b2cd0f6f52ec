namespace ActorShop;

/// <summary>The index of due work: one row per grain with unfinished work.</summary>
public interface IDueTable
{
    /// <summary>Takes due grains, the most overdue first.</summary>
    /// <remarks>No caller, in any process, takes a grain again before its lease is over.</remarks>
    Task<ImmutableArray<DueRow>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit);
}

/// <param name="StateName">The name of the grain's state, which is its grain type.</param>
public sealed record DueRow(string StateName, string Key, DateTimeOffset At);
