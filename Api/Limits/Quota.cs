using System.Threading.RateLimiting;

namespace ActorShop.Api.Limits;

/// <summary>A number of permits for each minute that begins with a request.</summary>
/// <remarks>The framework's <see cref="FixedWindowRateLimiter"/> does not tell when its window ends, which clients need, and has a clock of its own.</remarks>
internal sealed class Quota : RateLimiter
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly int _limit;
    private readonly TimeProvider _clock;
    private long _began;
    private int _left;

    public Quota(int limit, TimeProvider clock)
    {
        (_limit, _left) = (limit, limit);
        _clock = clock;
        _began = clock.GetTimestamp();
    }

    /// <summary>The permits that are left in the window.</summary>
    public static MetadataName<int> Remaining { get; } = new("REMAINING");

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_lock)
            {
                return _clock.GetElapsedTime(_began) is var elapsed && elapsed > Window ? elapsed - Window : null;
            }
        }
    }

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            var elapsed = _clock.GetElapsedTime(_began);
            if (elapsed >= Window)
            {
                (_began, _left, elapsed) = (_clock.GetTimestamp(), _limit, TimeSpan.Zero);
            }

            var isAcquired = permitCount <= _left;
            _left -= isAcquired ? permitCount : 0;
            return new Lease(isAcquired, _left, Window - elapsed);
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    private sealed class Lease(bool isAcquired, int left, TimeSpan reset) : RateLimitLease
    {
        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [Remaining.Name, MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = string.Equals(metadataName, Remaining.Name, StringComparison.Ordinal) ? left
                : string.Equals(metadataName, MetadataName.RetryAfter.Name, StringComparison.Ordinal) ? reset
                : null;
            return metadata is not null;
        }
    }
}
