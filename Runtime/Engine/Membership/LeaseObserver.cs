using Orleans.Runtime;

namespace ActorShop.Runtime.Membership;

/// <summary>Watches the leases of others: how long each has shown the same renewal number, by this silo's clock.</summary>
/// <remarks>
/// A stopwatch begins after the read that first showed the number has returned, which is never too early. It counts only
/// while the table can be read: after a gap all begin anew, since then nobody could renew either, and a database that comes
/// back must not find everybody guilty. Belongs to the turns of the membership.
/// </remarks>
internal sealed class LeaseObserver(TimeProvider time, TimeSpan patience, TimeSpan longestGap)
{
    private readonly SortedDictionary<SiloAddress, Watched> _watched = [];
    private long _lastRead = time.GetTimestamp();

    /// <summary>How long until the next one is overdue if nothing changes; null where nobody is watched.</summary>
    public TimeSpan? UntilNext => _watched.Count == 0
        ? null
        : _watched.Values.Min(watched => patience - time.GetElapsedTime(watched.Since));

    /// <summary>Takes what a read has shown of those that are not dead.</summary>
    public void See(IEnumerable<(SiloAddress Silo, long Renewal)> silos)
    {
        var now = time.GetTimestamp();
        var gap = time.GetElapsedTime(_lastRead, now) > longestGap;
        _lastRead = now;
        var seen = new HashSet<SiloAddress>();
        foreach (var (silo, renewal) in silos)
        {
            seen.Add(silo);
            if (!_watched.TryGetValue(silo, out var known) || renewal > known.Renewal)
            {
                _watched[silo] = new Watched(renewal, now);
            }
            else if (gap)
            {
                _watched[silo] = known with { Since = now };
            }
        }

        foreach (var gone in _watched.Keys.Where(silo => !seen.Contains(silo)).ToArray())
        {
            _watched.Remove(gone);
        }
    }

    /// <summary>Those whose lease is certainly over, if the table still shows the number.</summary>
    public IReadOnlyList<Overdue> FindOverdue()
    {
        if (time.GetElapsedTime(_lastRead) > longestGap)
        {
            return [];
        }

        return
        [
            .. _watched
                .Select(pair => new Overdue(pair.Key, pair.Value.Renewal, time.GetElapsedTime(pair.Value.Since)))
                .Where(overdue => overdue.Elapsed >= patience),
        ];
    }

    private readonly record struct Watched(long Renewal, long Since);
}

/// <summary>The evidence against a silo.</summary>
/// <param name="Silo">Whom.</param>
/// <param name="Renewal">The number that was seen last.</param>
/// <param name="Elapsed">For how long it was seen, without a gap.</param>
internal readonly record struct Overdue(SiloAddress Silo, long Renewal, TimeSpan Elapsed);
