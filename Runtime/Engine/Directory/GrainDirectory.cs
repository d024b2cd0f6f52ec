using System.Collections.Concurrent;
using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Membership;
using ActorShop.Runtime.Messaging;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Directory;

/// <summary>Where grains are active in the cluster: this silo's part of the directory, and its way to the parts of others.</summary>
/// <remarks>
/// <para>Each grain has one owner in a view, who keeps its entry; an activation is valid once the owner has entered it. All state
/// belongs to the turns of the cluster, but for the cache.</para>
/// <para>What makes the entries right across views: an activation counts as entered only if the view at that moment is the one in which it
/// was asked for; and a new owner serves only after each living silo, having seen the same view, has reported what it has.</para>
/// </remarks>
internal sealed partial class GrainDirectory(
    MembershipService membership, SystemLink link, SiloLimits limits, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ILogger _logger = logger;

    // The number of locks is stated, so that the order of enumeration does not depend on the number of processors.
    private readonly ConcurrentDictionary<GrainId, SiloAddress> _cache = new(concurrencyLevel: 32, capacity: 1_024);

    // What this silo has, entered at its owner.
    private readonly Dictionary<GrainId, Activation> _mine = [];

    // Those that are leaving and take no more calls.
    private readonly HashSet<SiloAddress> _sealed = [];
    private int _cached;

    private SiloAddress Self => membership.Self;

    private ClusterView View => membership.View;

    /// <summary>What becomes of an activation of this silo that has lost its entry to another.</summary>
    public Action<Activation, SiloAddress>? Evicted { get; set; }

    /// <summary>Whether a grain that is not active here must not become so, although its entry says that it is.</summary>
    public Func<GrainId, bool>? IsUnwanted { get; set; }

    /// <summary>Where a grain was, when it was last heard of. Safe from any thread.</summary>
    public bool TryCached(GrainId grain, out SiloAddress? silo) => _cache.TryGetValue(grain, out silo);

    /// <summary>Notes where a grain is. Safe from any thread.</summary>
    public void Remember(GrainId grain, SiloAddress silo)
    {
        if (_cache.TryAdd(grain, silo))
        {
            // A cache that is full begins anew: that costs a question a grain, and nothing has to be remembered for it.
            if (Interlocked.Increment(ref _cached) > limits.DirectoryCache)
            {
                _cache.Clear();
                Volatile.Write(ref _cached, 0);
            }
        }
        else
        {
            _cache[grain] = silo;
        }
    }

    /// <summary>Forgets where a grain was, if it was said to be there. Safe from any thread.</summary>
    public void Forget(GrainId grain, SiloAddress silo)
    {
        if (_cache.TryRemove(new KeyValuePair<GrainId, SiloAddress>(grain, silo)))
        {
            Interlocked.Decrement(ref _cached);
        }
    }

    /// <summary>Enters an activation of this silo, if it may be the one of its grain.</summary>
    /// <exception cref="OrleansMessageRejectionException">No owner could be asked.</exception>
    public async Task<Entrance> RegisterAsync(Activation activation)
    {
        var grain = activation.GrainId;
        var started = time.GetTimestamp();
        var previous = 0L;
        while (true)
        {
            // It was placed here while this silo had not heard itself that it leaves. Nobody would enter it any more.
            if (View.StatusOf(Self).IsTerminating())
            {
                return new Entrance(IsHere: false, Winner: null);
            }

            var version = View.Version;
            var answer = await AskOwnerAsync(new SystemMessage(SystemKind.Register)
            {
                Version = version,
                Grain = grain,
                Activation = activation.Number,
                Previous = previous,
            });

            // An answer from an earlier view says nothing: its owner may have handed the entry over without it.
            if (answer is { Answer: SystemAnswer.Done, Silo: { } winner } && View.Version == version)
            {
                if (!winner.Equals(Self))
                {
                    if (View.IsLiving(winner) && !_sealed.Contains(winner))
                    {
                        return new Entrance(IsHere: false, winner);
                    }
                }
                else if (answer.Activation == activation.Number)
                {
                    _mine[grain] = activation;
                    return new Entrance(IsHere: true, Self);
                }
                else
                {
                    // An earlier one of this silo, whose end the owner has not heard of: there is one at a time here.
                    previous = answer.Activation;
                    continue;
                }
            }

            await WaitAsync(started, grain);
        }
    }

    /// <summary>Takes an activation of this silo out.</summary>
    public void Unregister(Activation activation)
    {
        if (!_mine.TryGetValue(activation.GrainId, out var known) || !ReferenceEquals(known, activation))
        {
            return;
        }

        _mine.Remove(activation.GrainId);
        Withdraw(activation.GrainId, activation.Number);
    }

    /// <summary>Asks where a grain is; null where it is not active.</summary>
    /// <exception cref="OrleansMessageRejectionException">No owner could be asked.</exception>
    public async Task<SiloAddress?> LocateAsync(GrainId grain)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var answer = await AskOwnerAsync(new SystemMessage(SystemKind.Locate) { Version = View.Version, Grain = grain });
            if (answer is { Answer: SystemAnswer.Done })
            {
                if (answer.Silo is not { } silo)
                {
                    return null;
                }

                if (silo.Equals(Self) && !_mine.ContainsKey(grain) && (IsLeaving || IsUnwanted?.Invoke(grain) == true))
                {
                    // The owner has not heard of its end, and here it will not come back.
                    Withdraw(grain, answer.Activation);
                }
                else if (View.IsLiving(silo) && !_sealed.Contains(silo))
                {
                    return silo;
                }
            }

            await WaitAsync(started, grain);
        }
    }

    /// <summary>The grains that have entered activations here, for checkers.</summary>
    public IEnumerable<GrainId> Mine => _mine.Keys;

    /// <summary>Whether this silo takes no new activations any more.</summary>
    public bool IsLeaving => View.StatusOf(Self) != SiloStatus.Active;

    private Task<SystemMessage?> AskOwnerAsync(SystemMessage message) => View.Ring.OwnerOf(message.Grain) switch
    {
        null => Task.FromResult<SystemMessage?>(null),
        var owner when owner.Equals(Self) => ServeAsync(Self, message),
        var owner => AskOtherAsync(owner, message),
    };

    private async Task<SystemMessage?> AskOtherAsync(SiloAddress owner, SystemMessage message)
    {
        var answer = await link.AskAsync(owner, message, Patience);
        if (answer is { Answer: SystemAnswer.Elsewhere } && answer.Version > View.Version)
        {
            await membership.AtLeastAsync(answer.Version);
        }

        return answer;
    }

    // If it is lost the entry stays until somebody calls: then this silo knows better.
    private void Withdraw(GrainId grain, long activation)
    {
        var message = new SystemMessage(SystemKind.Unregister) { Version = View.Version, Grain = grain, Activation = activation };
        if (View.Ring.OwnerOf(grain) is not { } owner)
        {
            return;
        }

        if (owner.Equals(Self))
        {
            ServeUnregister(Self, message);
        }
        else
        {
            link.Tell(owner, message);
        }
    }

    private async Task WaitAsync(long started, GrainId grain)
    {
        if (membership.IsDead || time.GetElapsedTime(started) > limits.DirectoryTimeout)
        {
            throw new OrleansMessageRejectionException(
                $"The directory entry of {grain} could not be reached within {limits.DirectoryTimeout}; the call was not run.");
        }

        await Task.Delay(Pause, time);
    }

    [LoggerMessage(1270, LogLevel.Debug, "Took over the directory of {View} with {Count} entries")]
    private partial void LogTakenOver(ClusterView view, int count);

    [LoggerMessage(1271, LogLevel.Warning, "Two activations of {Grain} were found, in {Kept} and in {Lost}: the latter is ended")]
    private partial void LogTwice(GrainId grain, SiloAddress kept, SiloAddress lost);
}

/// <summary>What came of entering an activation.</summary>
/// <param name="IsHere">Whether it is the one of its grain from now on.</param>
/// <param name="Winner">Where the one is; null where there is none, and none may be here.</param>
internal readonly record struct Entrance(bool IsHere, SiloAddress? Winner);

/// <summary>The bounds of the directory.</summary>
/// <param name="DirectoryCache">How many places of grains are remembered.</param>
/// <param name="DirectoryTimeout">For how long an entry is asked for.</param>
/// <param name="DirectoryWaiters">How many questions may wait for a hand-over.</param>
internal sealed record SiloLimits(int DirectoryCache, TimeSpan DirectoryTimeout, int DirectoryWaiters);
