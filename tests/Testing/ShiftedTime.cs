namespace ActorShop.Testing;

/// <summary>The machine's time, and an offset that a test may enlarge: hours pass in a cluster without anybody waiting.</summary>
/// <remarks>
/// Only the wall clock moves. Timers and timestamps are the machine's own, so heartbeats of the cluster are not affected; what is due by
/// the wall clock is reached by resuming it (<see cref="ShopCluster.ResumeAllAsync"/>).
/// </remarks>
public sealed class ShiftedTime : TimeProvider
{
    private long _offset;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _offset, by.Ticks);
    }
}
