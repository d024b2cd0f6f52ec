using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ActorShop.Chaos.Network;
using ActorShop.Chaos.Traffic;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Shop;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos.Failover;

internal sealed class FailoverRun(FailoverPlan plan, string folder, Journal<FailoverTrial> trials, ToolContext context)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CalmPatience = TimeSpan.FromSeconds(120);

    private readonly Observations _observations = new(context.Clock);

    /// <summary>Runs the trials that the journal lacks.</summary>
    /// <returns>All trials, those of the journal included.</returns>
    public async Task<IReadOnlyList<FailoverTrial>> RunAsync(CancellationToken cancellationToken)
    {
        var made = trials.Entries.ToList();

        // Links cost time on every connection, so only the kinds that cut them have them.
        foreach (var kinds in plan.Kinds.GroupBy(static kind => kind is FailoverKind.Deaf or FailoverKind.Isolated or FailoverKind.NoDatabase))
        {
            var missing = kinds.Where(kind => made.Count(trial => trial.Kind == kind) < plan.Trials).ToArray();
            if (missing.Length > 0)
            {
                await RunAsync(missing, isCut: kinds.Key, made, cancellationToken);
            }
        }

        return made;
    }

    private async Task RunAsync(IReadOnlyList<FailoverKind> kinds, bool isCut, List<FailoverTrial> made, CancellationToken cancellationToken)
    {
        await using var network = new FaultNetwork(context.Clock);
        using var cluster = await LocalCluster.StartAsync(
            folder,
            new ClusterPlan(plan.Silos, plan.Apis, plan.Programs)
            {
                Detour = isCut ? network.Lay : null,
                Settings = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).SetItem("Shop__SampleCatalogue", "false"),
            },
            context.Clock,
            Tell,
            cancellationToken);
        try
        {
            await using var supervisor = Supervisor.Of(cluster, context.Clock, Tell);
            await RunAsync(kinds, cluster, supervisor, network, made, cancellationToken);
        }
        finally
        {
            await cluster.StopAllAsync(StopPatience, CancellationToken.None);
        }
    }

    private async Task RunAsync(
        IReadOnlyList<FailoverKind> kinds, LocalCluster cluster, Supervisor supervisor, FaultNetwork network, List<FailoverTrial> made, CancellationToken cancellationToken)
    {
        var apis = cluster.State.Members.Where(static member => member.Role is MemberRole.Api).Select(static member => new Uri($"http://{member.Address}")).ToArray();
        var workloadPlan = new WorkloadPlan(Seed: 1, plan.Customers, Clerks: 0, Goods: 48, Think: TimeSpan.FromMilliseconds(100)) { AttemptLimit = plan.AttemptLimit };
        using var client = new ShopClient(
            apis[0], MemberPlan.Key, new ApiRing(apis, _observations, plan.AttemptLimit, context.Clock), workloadPlan.Patience, context.Clock);
        using var http = new HttpMessageInvoker(new ApiRing(apis, _observations, plan.AttemptLimit, context.Clock));
        var shop = new HttpShop(http, apis[0], MemberPlan.Key);
        Tell("creating the catalogue");
        var workload = new Workload(workloadPlan, shop, new Receipts(), context.Clock);
        await new Merchant(workload).OpenAsync(cancellationToken);
        var probes = new Probes(shop, await CartsAsync(client, cancellationToken), plan.ProbePause, _observations, context.Clock);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = workload.Clients()
            .Select(customer => Task.Run(() => customer.RunAsync(static () => false, ended.Token), CancellationToken.None))
            .Append(Task.Run(() => probes.RunAsync(ended.Token), CancellationToken.None))
            .ToArray();
        try
        {
            var staleReads = new StaleReads(cluster, network, shop, workload.Goods[0].Sku, _observations, context.Clock);
            var bench = new FailoverBench(plan, cluster, supervisor, probes, workload, staleReads, _observations, context.Clock);
            foreach (var kind in kinds)
            {
                for (var number = made.Count(trial => trial.Kind == kind) + 1; number <= plan.Trials; number++)
                {
                    if (!await probes.WaitUntilCalmAsync(plan.Calm, _observations.Now + CalmPatience, cancellationToken))
                    {
                        throw new ToolException(ExitCode.Differences, $"callers still notice the last trial after {CalmPatience.TotalSeconds:N0} s; logs are in {folder}");
                    }

                    _observations.Forget();
                    probes.Forget();
                    var trial = await bench.TryAsync(kind, number, cancellationToken);
                    trials.Append(trial);
                    made.Add(trial);
                    Tell(FailoverReport.Line(trial));
                    foreach (var ill in bench.TakeWrong())
                    {
                        Tell($"  {ill}");
                    }
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            try
            {
                await Task.WhenAll(work);
            }
            catch (OperationCanceledException)
            {
                // Stopped on purpose.
            }
        }
    }

    private async Task<IReadOnlyList<string>> CartsAsync(ShopClient shop, CancellationToken cancellationToken)
    {
        var carts = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, plan.Keys), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (_, stop) =>
            {
                var made = await shop.SendAsync(ShopRequest.Post("/v1/carts", new { currency = ShopCall.Currency }), stop);
                carts.Enqueue(made.Text("id") ?? throw new ToolException(ExitCode.Differences, $"cannot create a cart: {made.Explanation}"));
            });
        return [.. carts];
    }

    private void Tell(string what) =>
        context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_observations.Now.TotalSeconds,7:N1} s  {what}"));
}
