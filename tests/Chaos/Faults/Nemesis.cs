using System.Globalization;
using ActorShop.Chaos.Network;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos.Faults;

/// <summary>Injects faults into a cluster, and repairs it.</summary>
/// <param name="cluster">Its processes.</param>
/// <param name="supervisor">Restarts what ends by itself.</param>
/// <param name="network">Its links; null for a cluster without them.</param>
/// <param name="observations">The time since the start of the run.</param>
/// <param name="tell">Receives the progress.</param>
/// <param name="clock">The clock.</param>
internal sealed class Nemesis(LocalCluster cluster, Supervisor supervisor, FaultNetwork? network, Observations observations, Action<string> tell, TimeProvider clock)
{
    /// <summary>The limit until a process is ready again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private const int Resets = 4;

    private readonly List<FaultRecord> _done = [];
    private readonly List<string> _wrong = [];

    public IReadOnlyList<FaultRecord> Done => _done;

    /// <summary>Violations: a silo that ends because the database was away, or does not stop on SIGTERM.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Injects one fault after another until the end, and repairs the cluster after each.</summary>
    /// <param name="faults">The faults.</param>
    /// <param name="end">The end, since the start of the run.</param>
    /// <param name="all">Whether all faults are injected, whatever the time.</param>
    /// <param name="cancellationToken">Stops at once, after a repair.</param>
    public async Task RunAsync(IEnumerable<PlannedFault> faults, TimeSpan end, bool all, CancellationToken cancellationToken)
    {
        foreach (var fault in faults)
        {
            if (!all && observations.Now + fault.Gap + fault.Length > end)
            {
                break;
            }

            await Task.Delay(fault.Gap, clock, cancellationToken);
            await InflictAsync(fault, cancellationToken);
        }

        var rest = end - observations.Now;
        if (rest > TimeSpan.Zero && !all)
        {
            await Task.Delay(rest, clock, cancellationToken);
        }
    }

    /// <summary>Injects one fault, ends it, and waits until all processes are ready.</summary>
    public async Task<FaultRecord> InflictAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        tell(fault.Description);
        var notes = new List<string>();
        var began = observations.Now;
        try
        {
            await BreakAsync(fault, notes, cancellationToken);
        }
        finally
        {
            network?.Heal();
        }

        var healed = observations.Now;
        await MendAsync(fault, notes, cancellationToken);
        var record = new FaultRecord(fault, began, healed, observations.Now, notes);
        _done.Add(record);
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"  repaired, all ready {(record.Ready - healed).TotalSeconds:N1} s later{(notes.Count == 0 ? string.Empty : $" ({string.Join("; ", notes)})")}"));
        return record;
    }

    /// <summary>Heals the network, resumes what is paused, starts what is down, and waits until every process is ready.</summary>
    /// <returns>What ended by itself since the last call without a fault that explains it.</returns>
    public async Task<IReadOnlyList<string>> MendAsync(CancellationToken cancellationToken)
    {
        network?.Heal();
        foreach (var member in cluster.State.Members)
        {
            if (member.Condition is ProcessCondition.Paused)
            {
                cluster.Resume(member.Name);
            }
            else if (member is { IsStopped: true, Condition: ProcessCondition.Gone })
            {
                await cluster.RestartAsync(member.Name, cancellationToken);
            }
        }

        foreach (var member in cluster.State.Members)
        {
            await WaitAsync(member.Name, cancellationToken);
        }

        return supervisor.Take();
    }

    private async Task WaitAsync(string name, CancellationToken cancellationToken)
    {
        const int Starts = 3;
        for (var start = 1; ; start++)
        {
            try
            {
                await cluster.WaitUntilReadyAsync(name, Patience, cancellationToken);
                return;
            }
            catch (ClusterException) when (start < Starts && cluster.State.Member(name).Condition is ProcessCondition.Gone)
            {
                // An evicted silo ends some moments after it was resumed; the supervisor restarts it.
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
            }
            catch (ClusterException late)
            {
                _wrong.Add(late.Message);
                return;
            }
        }
    }

    private async Task MendAsync(PlannedFault fault, List<string> notes, CancellationToken cancellationToken)
    {
        foreach (var name in await MendAsync(cancellationToken))
        {
            notes.Add($"{name} ended by itself and was restarted");

            // A silo may learn late that it was evicted: during the fault after the one that hit it.
            var mayEnd = new[] { fault, _done.LastOrDefault()?.Fault }.Any(hit =>
                hit?.Kind is FaultKind.Pause or FaultKind.Cut && string.Equals(hit.Target, name, StringComparison.Ordinal));
            if (!mayEnd)
            {
                _wrong.Add($"{name} ended by itself: {fault.Description}");
            }
        }
    }

    private async Task BreakAsync(PlannedFault fault, List<string> notes, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                await cluster.KillAsync(fault.Target);
                await Task.Delay(fault.Length, clock, cancellationToken);
                break;
            case FaultKind.Pause:
                await cluster.PauseAsync(fault.Target);
                await Task.Delay(fault.Length, clock, cancellationToken);
                break;
            case FaultKind.Stop:
                var began = observations.Now;
                if (!await cluster.StopAsync(fault.Target, TimeSpan.FromSeconds(60), cancellationToken))
                {
                    _wrong.Add($"{fault.Target} did not stop within 60 s");
                }

                notes.Add(string.Create(CultureInfo.InvariantCulture, $"it stopped in {(observations.Now - began).TotalSeconds:N1} s"));
                await Task.Delay(fault.Length, clock, cancellationToken);
                break;
            case FaultKind.Database:
                await cluster.StopAsync(fault.Target, TimeSpan.FromSeconds(60), cancellationToken);
                await Task.Delay(fault.Length, clock, cancellationToken);
                break;
            default:
                await CutAsync(fault, cancellationToken);
                break;
        }
    }

    private async Task CutAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        var links = (network ?? throw new ToolException(ExitCode.BadInput, "this cluster has no links to cut")).Of(fault.Target);
        FaultProxy[] inward = [links.Silo, links.Gateway!];
        switch (fault.Cut)
        {
            case CutKind.Reset:
                for (var reset = 1; reset <= Resets; reset++)
                {
                    foreach (var link in links.All)
                    {
                        link.Cut();
                    }

                    await Task.Delay(fault.Length / Resets, clock, cancellationToken);
                }

                return;
            case CutKind.Refused:
                Set(inward, LinkCondition.Refusing, isCut: true);
                break;
            case CutKind.OneWay:
                Set(inward, LinkCondition.DeafListener);
                break;
            case CutKind.Silent:
                Set(inward, LinkCondition.Silent);
                break;
            case CutKind.NoDatabase:
                Set([links.Database], LinkCondition.Refusing, isCut: true);
                break;
            case CutKind.SilentDatabase:
                Set([links.Database], LinkCondition.Silent);
                break;
            default:
                foreach (var link in links.All)
                {
                    link.Set(LinkCondition.Slow, TimeSpan.FromMilliseconds(50));
                }

                break;
        }

        await Task.Delay(fault.Length, clock, cancellationToken);
    }

    private static void Set(FaultProxy[] links, LinkCondition condition, bool isCut = false)
    {
        foreach (var link in links)
        {
            link.Set(condition);
            if (isCut)
            {
                link.Cut();
            }
        }
    }
}
