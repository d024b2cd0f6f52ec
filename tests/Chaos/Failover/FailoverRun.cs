using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ActorShop.Chaos.Workload;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Shop;
using ActorShop.Cluster;

namespace ActorShop.Chaos.Failover;

/// <summary>Makes trials on one cluster, one after another, while it is loaded.</summary>
/// <param name="plan">Which.</param>
/// <param name="folder">Where logs and data are.</param>
/// <param name="trials">What was measured so far; each trial is written there when it is over.</param>
/// <param name="context">The time, and where progress is told.</param>
internal sealed class FailoverRun(FailoverPlan plan, string folder, Journal<FailoverTrial> trials, ToolContext context)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CalmPatience = TimeSpan.FromSeconds(120);

    private readonly Observations _observations = new(context.Clock);

    /// <summary>Makes them.</summary>
    /// <returns>All there are, those made before among them.</returns>
    public async Task<IReadOnlyList<FailoverTrial>> RunAsync(CancellationToken cancellationToken)
    {
        using var cluster = await LocalCluster.StartAsync(
            folder,
            new ClusterPlan(plan.Silos, plan.Apis, plan.Programs)
            {
                Settings = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).SetItem("Shop__SampleCatalogue", "false"),
            },
            context.Clock,
            Tell,
            cancellationToken);
        try
        {
            return await RunAsync(cluster, cancellationToken);
        }
        finally
        {
            await cluster.StopAllAsync(StopPatience, CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<FailoverTrial>> RunAsync(LocalCluster cluster, CancellationToken cancellationToken)
    {
        var apis = cluster.State.Members.Where(static member => member.Role is MemberRole.Api).Select(static member => new Uri($"http://{member.Address}")).ToArray();
        var workload = new WorkloadPlan(Seed: 1, plan.Customers, Clerks: 0, Goods: 48, Think: TimeSpan.FromMilliseconds(100)) { AttemptLimit = plan.AttemptLimit };
        using var shop = new ShopClient(
            apis[0], MemberPlan.Key, new ApiRing(apis, _observations, plan.AttemptLimit, context.Clock), workload.Patience, context.Clock);
        using var way = new HttpMessageInvoker(new ApiRing(apis, _observations, plan.AttemptLimit, context.Clock));
        using var unkept = Journal<Receipt>.Open(path: null, new JournalHeader("failover", string.Empty, string.Empty));
        var receipts = new Receipts(unkept);
        Tell("opening the shop");
        var goods = await OpeningDay.OpenAsync(shop, workload, cancellationToken);
        var probes = new Probes(way, apis[0], await CartsAsync(shop, cancellationToken), plan.ProbePause, _observations, context.Clock);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = Enumerable.Range(0, plan.Customers)
            .Select(number => new Shopper(
                shop, receipts, _observations, goods, new ConcurrentQueue<BoughtOrder>(), workload, number,
                string.Create(CultureInfo.InvariantCulture, $"customer-{number}"), context.Clock))
            .Select(shopper => Task.Run(() => shopper.RunAsync(static () => false, ended.Token), CancellationToken.None))
            .Append(Task.Run(() => probes.RunAsync(ended.Token), CancellationToken.None))
            .ToArray();
        var made = trials.Entries.ToList();
        try
        {
            var bench = new FailoverBench(plan, cluster, probes, shop, receipts, goods[0], _observations, context.Clock);
            foreach (var kind in plan.Kinds)
            {
                for (var number = made.Count(trial => trial.Kind == kind) + 1; number <= plan.Trials; number++)
                {
                    if (!await probes.WaitUntilCalmAsync(plan.Calm, _observations.Now + CalmPatience, cancellationToken))
                    {
                        throw new ToolException(ExitCode.Differences, $"the shop is not well {CalmPatience.TotalSeconds:N0} s after the last trial; logs are in {folder}");
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
                // They were told to stop.
            }
        }

        return made;
    }

    private async Task<IReadOnlyList<string>> CartsAsync(ShopClient shop, CancellationToken cancellationToken)
    {
        var carts = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, plan.Keys), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (_, stop) =>
            {
                var made = await shop.SendAsync(ShopRequest.Post("/v1/carts", new { currency = WorkloadPlan.Currency }), stop);
                carts.Enqueue(made.Text("id") ?? throw new ToolException(ExitCode.Differences, $"no cart can be made: {made.Explanation}"));
            });
        return [.. carts];
    }

    private void Tell(string what) =>
        context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_observations.Now.TotalSeconds,7:N1} s  {what}"));
}
