using System.Globalization;
using ActorShop.Chaos.Faults;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos.Failover;

/// <summary>Runs single trials on a loaded cluster, and repairs it after each.</summary>
internal sealed class FailoverBench(
    FailoverPlan plan, LocalCluster cluster, Supervisor supervisor, Probes probes, Workload workload, StaleReads staleReads, Observations observations, TimeProvider clock)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    // A trial ends when no caller has noticed anything for this long.
    private static readonly TimeSpan Well = TimeSpan.FromSeconds(2);

    private readonly List<string> _wrong = [];

    /// <summary>Unexpected events since the last call.</summary>
    public IReadOnlyList<string> TakeWrong()
    {
        string[] wrong = [.. _wrong];
        _wrong.Clear();
        return wrong;
    }

    public async Task<FailoverTrial> TryAsync(FailoverKind kind, int number, CancellationToken cancellationToken)
    {
        var silo = string.Create(CultureInfo.InvariantCulture, $"silo-{((number - 1) % plan.Silos) + 1}");
        var givenUp = workload.Receipts.Abandoned;
        var before = Silos();
        var began = observations.Now;
        var trial = kind switch
        {
            FailoverKind.Kill => await LoseAsync(kind, number, silo, cluster.KillAsync, cancellationToken),
            FailoverKind.Pause => await LoseAsync(kind, number, silo, cluster.PauseAsync, cancellationToken),
            FailoverKind.Database => await LoseDatabaseAsync(number, before, cancellationToken),
            FailoverKind.Stop => await StopAsync(number, silo, cancellationToken),
            FailoverKind.All => await LoseAllAsync(number, cancellationToken),
            FailoverKind.Deaf or FailoverKind.Isolated or FailoverKind.NoDatabase => await staleReads.TryAsync(kind, number, silo, cancellationToken),
            _ => await RollAsync(number, cancellationToken),
        };

        var ended = observations.Now;
        var attempts = observations.Take().Where(attempt => attempt.Ended >= began && attempt.Began <= ended).ToArray();
        trial = trial with
        {
            Attempts = attempts.Length,
            Failed = attempts.Count(static attempt => !attempt.IsServed),
            Failures = attempts.Where(static attempt => !attempt.IsServed)
                .GroupBy(static attempt => attempt.Status == 0 ? "none" : attempt.Status.ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal)
                .OrderBy(static group => group.Key, StringComparer.Ordinal)
                .ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal),
            GivenUp = workload.Receipts.Abandoned - givenUp + probes.Since(began).Count(static call => call.IsGivenUp),
        };
        await MendAsync(cancellationToken);
        return trial;
    }

    private async Task<FailoverTrial> LoseAsync(
        FailoverKind kind, int number, string silo, Func<string, Task> lose, CancellationToken cancellationToken)
    {
        var fault = observations.Now;
        await lose(silo);
        await AwaitWellAsync(fault, cancellationToken);
        var trial = Measure(new FailoverTrial(kind, number, silo), fault, fault);
        var rest = plan.Pause - (observations.Now - fault);
        if (kind is FailoverKind.Pause && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, clock, cancellationToken);
        }

        return trial;
    }

    private async Task<FailoverTrial> LoseDatabaseAsync(int number, IReadOnlyDictionary<string, int> before, CancellationToken cancellationToken)
    {
        var fault = observations.Now;
        await cluster.StopAsync("postgres", StopPatience, cancellationToken);
        await Task.Delay(plan.Outage, clock, cancellationToken);
        await cluster.RestartAsync("postgres", cancellationToken);
        await cluster.State.Database.WaitAsync(Limit, static () => false, clock, cancellationToken);
        var back = observations.Now;
        await AwaitWellAsync(back, cancellationToken);
        await BuyAsync("after-database", number, cancellationToken);
        var now = Silos();
        return Measure(new FailoverTrial(FailoverKind.Database, number, "postgres"), fault, back) with
        {
            Lasted = (back - fault).TotalSeconds,
            Exits = before.Count(silo => now[silo.Key] != silo.Value || cluster.State.Member(silo.Key).Condition is ProcessCondition.Gone),
        };
    }

    private async Task<FailoverTrial> StopAsync(int number, string silo, CancellationToken cancellationToken)
    {
        var fault = observations.Now;
        if (!await cluster.StopAsync(silo, StopPatience, cancellationToken))
        {
            _wrong.Add($"{silo} did not stop in time and was killed");
        }

        var gone = observations.Now;
        await AwaitWellAsync(fault, cancellationToken);
        return Measure(new FailoverTrial(FailoverKind.Stop, number, silo), fault, fault) with { Lasted = (gone - fault).TotalSeconds };
    }

    private async Task<FailoverTrial> LoseAllAsync(int number, CancellationToken cancellationToken)
    {
        var members = cluster.State.Members;
        await Task.WhenAll(members.Select(member => cluster.KillAsync(member.Name)));
        var began = observations.Now;
        foreach (var member in members)
        {
            await cluster.RestartAsync(member.Name, cancellationToken);
        }

        var first = await BuyAsync("first", number, cancellationToken);
        return new FailoverTrial(FailoverKind.All, number, "everything")
        {
            FirstOrder = (first - began).TotalSeconds,
            Lasted = (first - began).TotalSeconds,
        };
    }

    private async Task<FailoverTrial> RollAsync(int number, CancellationToken cancellationToken)
    {
        var fault = observations.Now;
        foreach (var member in cluster.State.Members.Where(static member => member.Role is MemberRole.Silo)
            .Concat(cluster.State.Members.Where(static member => member.Role is MemberRole.Api)))
        {
            if (!await cluster.StopAsync(member.Name, StopPatience, cancellationToken))
            {
                _wrong.Add($"{member.Name} did not stop in time and was killed");
            }

            await cluster.RestartAsync(member.Name, cancellationToken);
            await cluster.WaitUntilReadyAsync(member.Name, Limit, cancellationToken);
        }

        var round = observations.Now;
        await AwaitWellAsync(round, cancellationToken);
        return Measure(new FailoverTrial(FailoverKind.Rolling, number, "silos, then APIs"), fault, fault) with { Lasted = (round - fault).TotalSeconds };
    }

    private async Task AwaitWellAsync(TimeSpan fault, CancellationToken cancellationToken)
    {
        if (!await probes.WaitUntilCalmAsync(Well, fault + Limit, cancellationToken))
        {
            _wrong.Add(string.Create(CultureInfo.InvariantCulture, $"callers still notice after {Limit.TotalSeconds:N0} s"));
        }
    }

    // Calls that were open at the fault or sent after it, and failed at first or took long.
    private FailoverTrial Measure(FailoverTrial trial, TimeSpan fault, TimeSpan from)
    {
        var noticed = probes.Since(fault).Where(static call => call.IsNoticed)
            .GroupBy(static call => call.Cart)
            .Select(calls => Math.Round(Math.Max(0, (calls.Max(static call => call.Ended) - from).TotalSeconds), 3))
            .Order()
            .ToArray();
        return trial with { Recoveries = noticed };
    }

    private async Task<TimeSpan> BuyAsync(string name, int number, CancellationToken cancellationToken)
    {
        var buyer = new Buyer(workload, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}-{observations.Now.Ticks}"));
        var began = observations.Now;
        while (await buyer.BuyAsync(cancellationToken) is { Reply.Status: not 201 } failed)
        {
            if (observations.Now - began > Limit)
            {
                throw new ToolException(
                    ExitCode.Unreachable, string.Create(CultureInfo.InvariantCulture, $"no order was placed within {Limit.TotalSeconds:N0} s: {failed}"));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
        }

        return observations.Now;
    }

    private async Task MendAsync(CancellationToken cancellationToken)
    {
        var nemesis = new Nemesis(cluster, supervisor, network: null, observations, static _ => { }, clock);
        await nemesis.MendAsync(cancellationToken);
        _wrong.AddRange(nemesis.Wrong);
    }

    private Dictionary<string, int> Silos() => cluster.State.Members
        .Where(static member => member.Role is MemberRole.Silo)
        .ToDictionary(static member => member.Name, static member => member.Process.Id, StringComparer.Ordinal);
}
