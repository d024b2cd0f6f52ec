using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Membership;
using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Scheduling;
using Orleans.Runtime;

namespace ActorShop.Runtime.Placement;

/// <summary>Chooses the silos of new activations. Belongs to the turns of the cluster.</summary>
/// <remarks>
/// Silos tell each other every second how many activations they have; between two such words each counts what it has placed
/// itself, and as much for each of the others. Where nothing else is asked for, a grain goes to the emptier of two silos that
/// its hash names: callers that choose at the same time mostly choose the same, and the spread is even as with any choice of two.
/// </remarks>
internal sealed class SiloPlacement(MembershipService membership, Chance chance, Func<int> ownCount) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<SiloAddress, long> _counts = [];
    private ITimer? _timer;

    /// <summary>Begins to tell the others.</summary>
    public void Start(TimeProvider time, SystemTurns turns, SystemLink link) => _timer = time.CreateTimer(
        _ => turns.Begin(() =>
        {
            Tell(link);
            return Task.CompletedTask;
        }),
        state: null,
        Period,
        Period);

    public void OnLoad(SiloAddress silo, long count) => _counts[silo] = count;

    /// <summary>A strategy, as it is told to other silos.</summary>
    public static PlacementKind KindOf(PlacementStrategy strategy) => strategy switch
    {
        RandomPlacement => PlacementKind.Random,
        PreferLocalPlacement => PlacementKind.PreferLocal,
        HashBasedPlacement => PlacementKind.Hash,
        ActivationCountBasedPlacement => PlacementKind.ActivationCount,
        StatelessWorkerPlacement => PlacementKind.StatelessWorker,
        _ => PlacementKind.Default,
    };

    /// <summary>The silo for a grain, of those that can have it. At least one can.</summary>
    public SiloAddress Choose(PlacementKind strategy, GrainId grain, IReadOnlyList<SiloAddress> silos)
    {
        var chosen = strategy switch
        {
            PlacementKind.PreferLocal or PlacementKind.StatelessWorker when silos.Contains(membership.Self) => membership.Self,
            PlacementKind.Random or PlacementKind.PreferLocal or PlacementKind.StatelessWorker => silos[chance.Next(silos.Count)],
            PlacementKind.Hash => silos[(int)(Hash(grain, salt: 0) % (uint)silos.Count)],
            PlacementKind.ActivationCount => Emptier(silos[chance.Next(silos.Count)], silos[chance.Next(silos.Count)]),
            _ => Emptier(silos[(int)(Hash(grain, salt: 1) % (uint)silos.Count)], silos[(int)(Hash(grain, salt: 2) % (uint)silos.Count)]),
        };

        // The others see the same numbers and choose alike until the next word: whoever counted its own choices alone would help all of them
        // to fill the emptiest silo to the brim.
        _counts[chosen] = CountOf(chosen) + silos.Count;
        return chosen;
    }

    public void Dispose() => _timer?.Dispose();

    private static uint Hash(GrainId grain, uint salt)
    {
        unchecked
        {
            var value = grain.GetUniformHashCode() + (salt * 0x9E3779B9);
            value = (value ^ (value >> 16)) * 0x85EBCA6B;
            value = (value ^ (value >> 13)) * 0xC2B2AE35;
            return value ^ (value >> 16);
        }
    }

    private SiloAddress Emptier(SiloAddress one, SiloAddress other) => CountOf(other) < CountOf(one) ? other : one;

    private long CountOf(SiloAddress silo) => _counts.GetValueOrDefault(silo);

    private void Tell(SystemLink link)
    {
        var count = ownCount();
        _counts[membership.Self] = count;
        foreach (var gone in _counts.Keys.Where(silo => !membership.View.IsLiving(silo)).ToArray())
        {
            _counts.Remove(gone);
        }

        foreach (var silo in membership.View.Active.Where(silo => !silo.Equals(membership.Self)))
        {
            link.Tell(silo, new SystemMessage(SystemKind.Load) { Activation = count });
        }
    }
}
