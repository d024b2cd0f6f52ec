namespace ActorShop;

/// <summary>The index of due work: one row per grain that wants to be woken.</summary>
public interface IDueTable
{
    /// <summary>The grains of a bucket whose time has come, the most overdue first.</summary>
    Task<ImmutableArray<DueRow>> ReadAsync(int bucket, DateTimeOffset until, int limit);
}

/// <summary>A row of <see cref="IDueTable"/>.</summary>
/// <param name="StateName">The name of the grain's state, which is its grain type.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="At">When it wants to be woken.</param>
public sealed record DueRow(string StateName, string Key, DateTimeOffset At);
