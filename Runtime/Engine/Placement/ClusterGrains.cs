using System.Collections.Frozen;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Membership;
using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Placement;

/// <summary>Which grains the silos have, and through which versions of their interfaces. Belongs to the turns of the cluster.</summary>
/// <remarks>
/// A silo asks each other once, when it joins: what a process has does not change while it lives. One that has not answered gets no grains from here.
/// </remarks>
internal sealed class ClusterGrains(SiloRuntime silo, SiloCluster cluster)
{
    private const int MaxRemembered = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly HashSet<SiloAddress> _asked = [];
    private readonly SortedDictionary<SiloAddress, Dictionary<GrainType, GrainDescription>> _known = [];
    private readonly Dictionary<(GrainType Type, InterfaceDemand Demand), SiloAddress[]> _compatible = [];
    private volatile FrozenDictionary<GrainType, GrainDescription> _foreign = FrozenDictionary<GrainType, GrainDescription>.Empty;

    /// <summary>Whether all active silos have said what they have.</summary>
    public bool IsComplete => View.Active.All(other => other.Equals(cluster.Self) || _known.ContainsKey(other));

    private ClusterView View => cluster.Membership.View;

    /// <summary>A grain class that other silos have or had and this one has not; null where there is none. Safe from any thread.</summary>
    public GrainDescription? Foreign(GrainType type) => _foreign.GetValueOrDefault(type);

    /// <summary>The active silos that can run calls of a grain, in the order of their addresses.</summary>
    public IReadOnlyList<SiloAddress> Compatible(GrainType type, InterfaceDemand demand)
    {
        if (_compatible.TryGetValue((type, demand), out var known))
        {
            return known;
        }

        if (_compatible.Count >= MaxRemembered)
        {
            _compatible.Clear();
        }

        return _compatible[(type, demand)] = [.. View.Active.Where(other => Has(other, type, demand))];
    }

    /// <summary>There is a new view: whoever is new is asked.</summary>
    public void OnView(ClusterView view)
    {
        _compatible.Clear();
        foreach (var gone in _known.Keys.Where(other => !IsMember(other)).ToArray())
        {
            _known.Remove(gone);
        }

        _asked.RemoveWhere(other => !IsMember(other));
        foreach (var member in view.Members.Where(member => IsMember(member.Address) && !member.Address.Equals(cluster.Self)))
        {
            if (_asked.Add(member.Address))
            {
                cluster.Turns.Begin(() => AskAsync(member.Address));
            }
        }
    }

    private bool IsMember(SiloAddress other) => View.StatusOf(other) is >= SiloStatus.Joining and < SiloStatus.Dead;

    private bool Has(SiloAddress other, GrainType type, InterfaceDemand demand) => other.Equals(cluster.Self)
        ? silo.Catalog.Classes.ContainsKey(type) && silo.Interfaces.Meets(demand)
        : _known.TryGetValue(other, out var grains) && grains.TryGetValue(type, out var grain) && grain.Meets(demand);

    private async Task AskAsync(SiloAddress other)
    {
        while (IsMember(other) && !cluster.Membership.IsDead)
        {
            if (await cluster.Link.AskAsync(other, new SystemMessage(SystemKind.Describe), Patience) is { } answer)
            {
                if (IsMember(other))
                {
                    Learn(other, answer.Grains);
                }

                return;
            }

            await Task.Delay(Pause, silo.Time);
        }
    }

    private void Learn(SiloAddress other, IReadOnlyList<GrainDescription> grains)
    {
        var byType = new Dictionary<GrainType, GrainDescription>();
        foreach (var grain in grains)
        {
            byType[grain.GrainType] = grain;
        }

        _known[other] = byType;
        _compatible.Clear();
        if (!silo.Interfaces.TryMerge(grains))
        {
            return;
        }

        // What was known once stays: a call to a grain whose silos are all gone is told so, rather than that there is no such grain.
        _foreign = silo.Interfaces.Grains
            .Where(grain => !silo.Catalog.Classes.ContainsKey(grain.GrainType))
            .ToFrozenDictionary(static grain => grain.GrainType);
        cluster.Clients.TellChanged();
    }
}
