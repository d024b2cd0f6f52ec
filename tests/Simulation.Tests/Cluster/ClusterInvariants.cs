using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Simulation.Cluster;

/// <summary>What holds of a cluster at any moment, and what holds once it is left in peace.</summary>
internal sealed class ClusterInvariants(SimulatedCluster cluster)
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(12);

    private readonly Dictionary<(int Silo, int Life), int> _versions = [];
    private readonly Dictionary<int, string> _views = [];
    private readonly HashSet<SiloAddress> _dead = [];
    private bool _stopped;

    public void Stop() => _stopped = true;

    public async Task WatchAsync()
    {
        while (!_stopped)
        {
            CheckNow();
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>A call has ended, whichever way: none hangs, unless its own process was stopped.</summary>
    public void CheckEnded(SimulatedSilo silo, TimeSpan started)
    {
        var took = cluster.Time.Elapsed - started;
        if (took > LongestCall && silo.IsAlive && !silo.IsPaused)
        {
            throw new SimulationException($"A call from silo {silo.Number} took {took}.");
        }
    }

    /// <summary>What holds in peace: one view, one owner of each entry, and each entry true.</summary>
    public void CheckSettled()
    {
        var silos = cluster.Silos.Select(static silo => silo.Services.GetRequiredService<SiloRuntime>()).ToArray();
        var version = silos.Max(static silo => silo.Cluster!.Membership.View.Version);
        var entries = new Dictionary<GrainId, string>();
        foreach (var silo in silos)
        {
            var node = silo.Cluster!;
            Check(node.Membership.View.Version == version, $"{node.Self} has {node.Membership.View}, and others version {version}");
            Check(node.Membership.View.Active.Count == silos.Length, $"{node.Membership.View} is not all of {silos.Length} silos");
            Check(node.Membership.Lease.IsValid, $"{node.Self} has no lease");
            Check(node.Directory.IsSettled, $"the directory of {node.Self} is not settled");
            foreach (var (grain, entry) in node.Directory.Entries)
            {
                Check(node.Self.Equals(node.Membership.View.Ring.OwnerOf(grain)), $"{node.Self} keeps the entry of {grain}, which it does not own");
                Check(entries.TryAdd(grain, node.Self.ToParsableString()), $"{grain} has two entries");
                var there = silos.Single(other => other.Cluster!.Self.Equals(entry.Silo));
                Check(
                    there.Catalog.Activations.Any(activation => activation.GrainId == grain),
                    $"the entry of {grain} says {entry.Silo}, where it is not active");
            }
        }

        foreach (var silo in silos)
        {
            foreach (var activation in silo.Catalog.Activations)
            {
                Check(entries.ContainsKey(activation.GrainId), $"{activation} in {silo.Cluster!.Self} has no entry");
            }
        }
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new SimulationException($"Not settled: {otherwise}.");
        }
    }

    private void CheckNow()
    {
        var active = new Dictionary<GrainId, SiloAddress>();
        foreach (var silo in cluster.Silos.Where(static silo => silo.IsAlive && !silo.IsPaused))
        {
            var node = silo.Services.GetRequiredService<SiloRuntime>().Cluster!;
            var view = node.Membership.View;
            var known = _versions.GetValueOrDefault((silo.Number, silo.Life), -1);
            Check(view.Version >= known, $"{node.Self} went back from version {known} to {view.Version}");
            _versions[(silo.Number, silo.Life)] = view.Version;
            Check(
                !_views.TryGetValue(view.Version, out var text) || string.Equals(text, view.ToString(), StringComparison.Ordinal),
                $"two views of version {view.Version}: {text} and {view}");
            _views[view.Version] = view.ToString();
            foreach (var member in view.Members)
            {
                if (member.Status == SiloStatus.Dead)
                {
                    _dead.Add(member.Address);
                }
            }

            if (!node.Membership.Lease.IsValid)
            {
                continue;
            }

            foreach (var grain in node.Directory.Mine)
            {
                Check(
                    active.TryAdd(grain, node.Self),
                    $"{grain} is the one in {node.Self} and in {active[grain]}, and both have leases");
            }
        }

        var rows = cluster.MembershipTable.ReadAll().GetAwaiter().GetResult();
        foreach (var (entry, _) in rows.Members)
        {
            Check(!_dead.Contains(entry.SiloAddress) || entry.Status == SiloStatus.Dead, $"{entry.SiloAddress} was dead and is {entry.Status}");
        }
    }
}
