namespace ActorShop.Runtime.Membership;

/// <summary>This silo's right to answer: it ends by itself, and is counted on this silo's own clock alone.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class Lease(TimeProvider time, TimeSpan duration)
{
    // Never, and for ever: the two values that are no moments.
    private const long Never = long.MinValue;

    private readonly long _ticks = (long)(duration.TotalSeconds * time.TimestampFrequency);
    private long _until = Never;
    private volatile bool _revoked;

    /// <summary>Whether the silo may answer at this moment.</summary>
    public bool IsValid => !_revoked && time.GetTimestamp() < Volatile.Read(ref _until);

    /// <summary>How long it is valid still; not positive where it is not.</summary>
    public TimeSpan Left => _revoked || Volatile.Read(ref _until) == Never
        ? TimeSpan.Zero
        : time.GetElapsedTime(time.GetTimestamp(), Volatile.Read(ref _until));

    /// <summary>A renewal has succeeded. The lease counts from before it was sent, since it may have taken effect right then.</summary>
    public void Extend(long sent)
    {
        var until = sent + _ticks;
        var known = Volatile.Read(ref _until);
        while (until > known)
        {
            var found = Interlocked.CompareExchange(ref _until, until, known);
            if (found == known)
            {
                return;
            }

            known = found;
        }
    }

    /// <summary>The silo is dead to the others: there is no way back.</summary>
    public void Revoke() => _revoked = true;
}
