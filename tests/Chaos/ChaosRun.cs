using System.Globalization;
using ActorShop.Chaos.Checks;
using ActorShop.Chaos.Faults;
using ActorShop.Chaos.Network;
using ActorShop.Chaos.Reports;
using ActorShop.Chaos.Traffic;
using ActorShop.Cli.Commands;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Shop;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;
using ActorShop.Testing.Invariants;

namespace ActorShop.Chaos;

/// <summary>One run: starts a cluster, breaks it while it sells, heals it, waits until every saga has ended, and compares its books with the receipts.</summary>
/// <param name="plan">The plan.</param>
/// <param name="folder">The folder of logs, data and journals.</param>
/// <param name="context">The clock, and the output for progress.</param>
internal sealed class ChaosRun(ChaosPlan plan, string folder, ToolContext context)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    // The time after a fault until the shop counts as calm again.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    private readonly Observations _observations = new(context.Clock);

    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var network = new FaultNetwork(context.Clock);
        using var cluster = await LocalCluster.StartAsync(
            folder,
            new ClusterPlan(plan.Silos, plan.Apis, plan.Programs) { Settings = plan.Settings, Detour = network.Lay },
            context.Clock,
            Tell,
            cancellationToken);
        try
        {
            await using var supervisor = Supervisor.Of(cluster, context.Clock, Tell);
            return await RunAsync(cluster, supervisor, network, cancellationToken);
        }
        finally
        {
            network.Heal();
            foreach (var name in await cluster.StopAllAsync(StopPatience, CancellationToken.None))
            {
                Tell($"{name} did not stop in time and was killed");
            }
        }
    }

    private async Task<ChaosReport> RunAsync(LocalCluster cluster, Supervisor supervisor, FaultNetwork network, CancellationToken cancellationToken)
    {
        var state = cluster.State;
        var apis = state.Members.Where(static member => member.Role is MemberRole.Api).Select(static member => new Uri($"http://{member.Address}")).ToArray();
        using var client = new ShopClient(apis[0], MemberPlan.Key, Ring(apis), plan.Workload.Patience, context.Clock);
        using var http = new HttpMessageInvoker(Ring(apis));
        using var file = Journal<Receipt>.Open(Path.Combine(folder, "receipts.ndjson"), new JournalHeader("chaos", Show(plan.Seed), apis[0].ToString()));
        var receipts = new Receipts(file.Append);
        var workload = new Workload(plan.Workload, new HttpShop(http, apis[0], MemberPlan.Key), receipts, context.Clock);
        var reader = new BooksReader(
            client, workload.Goods, state.Database.ConnectionString,
            new Uri($"http://{state.Members.First(static member => member.Role is MemberRole.Payments).Address}"));
        var auditor = new Auditor(workload, reader, look: TimeSpan.FromMilliseconds(500));
        var nemesis = new Nemesis(cluster, supervisor, network, _observations, Tell, context.Clock);

        Tell("creating the catalogue");
        await new Merchant(workload).OpenAsync(cancellationToken);
        await ImportAsync(apis[0], cancellationToken);
        using var desk = plan.Orders is null ? null : new OrderDesk(client, Path.Combine(folder, "orders.journal"), plan.Workload.Patience, context);

        var opened = _observations.Now;
        var wrong = await SellAsync(workload, nemesis, desk, cancellationToken);
        var closed = _observations.Now;

        Tell("healed; waiting until every saga has ended");
        var unfinished = await auditor.RestAsync(plan.RestPatience, cancellationToken);
        var rest = _observations.Now;
        Tell("reading the books");
        await BuyThroughEachAsync(apis, workload, cancellationToken);
        await auditor.RestAsync(plan.RestPatience, cancellationToken);
        var evidence = await auditor.ReadAsync(plan.Repetitions, unfinished, cancellationToken);
        var attempts = _observations.Take();
        List<CheckResult> checks =
        [
            .. ShopChecks.All(evidence),
            RunChecks.EveryRequestIsAnswered(receipts.All),
            RunChecks.NothingFails(attempts),
            RunChecks.ClientsSawNothingWrong(receipts),
            RunChecks.EnoughSucceeds(
                attempts,
                attempt => attempt.Began >= opened && attempt.Ended <= closed
                    && !nemesis.Done.Any(fault => attempt.Ended >= fault.Began && attempt.Began <= fault.Ready + Recovery),
                percent: 99,
                Enum.GetValues<CallKind>()),
            new("Processes", "Processes end and return as expected", $"{nemesis.Done.Count} faults", [.. nemesis.Wrong, .. wrong]),
        ];
        if (desk is not null)
        {
            Tell("comparing the reports and ledgers with the history");
            var differences = await desk.CompareAsync(cancellationToken);
            checks.Add(new CheckResult("History", "The replayed history is in the reports and ledgers, to the penny", desk.Summary, differences));
        }

        return new ChaosReport(plan, nemesis.Done, attempts, receipts, checks, opened, closed, rest);
    }

    private async Task<List<string>> SellAsync(Workload workload, Nemesis nemesis, OrderDesk? desk, CancellationToken cancellationToken)
    {
        var (isOver, wrong) = (false, new List<string>());
        var work = workload.Clients().Select(client => Task.Run(() => client.RunAsync(() => Volatile.Read(ref isOver), cancellationToken), CancellationToken.None)).ToList();
        if (desk is not null)
        {
            work.Add(Task.Run(() => desk.RunAsync(plan.Orders!, () => Volatile.Read(ref isOver), Tell, cancellationToken), CancellationToken.None));
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = ProgressAsync(workload.Receipts, desk, ended.Token);
        try
        {
            await Task.Delay(plan.Calm, context.Clock, cancellationToken);
            var schedule = new FaultSchedule(plan.Seed, plan.Kinds, plan.Silos, plan.Apis, plan.Stretch).Faults();
            await nemesis.RunAsync(
                plan.MostFaults is { } most ? schedule.Take(most) : schedule, _observations.Now + plan.Duration, plan.MostFaults is not null, cancellationToken);

            // The run sees the last process work again.
            await Task.Delay(plan.Calm, context.Clock, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref isOver, true);
        }

        try
        {
            await Task.WhenAll(work);
        }
        catch (ToolException trouble)
        {
            wrong.Add(trouble.Message);
        }

        wrong.AddRange((await nemesis.MendAsync(cancellationToken)).Select(static name => $"{name} ended by itself after the last fault"));
        await ended.CancelAsync();
        await progress;
        return wrong;
    }

    // The shop sells through every API after the run.
    private async Task BuyThroughEachAsync(Uri[] apis, Workload workload, CancellationToken cancellationToken)
    {
        foreach (var api in apis)
        {
            using var http = new HttpMessageInvoker(Ring([api]));
            var one = new Workload(plan.Workload, new HttpShop(http, api, MemberPlan.Key), workload.Receipts, context.Clock);
            if (await new Buyer(one, $"last-{api.Port}").BuyAsync(cancellationToken) is { Reply.Status: not 201 } failed)
            {
                workload.Receipts.Report($"no order could be placed through {api} after the run: {failed}");
            }
        }
    }

    private ApiRing Ring(Uri[] apis) => new(apis, _observations, plan.Workload.AttemptLimit, context.Clock);

    private async Task ImportAsync(Uri api, CancellationToken cancellationToken)
    {
        if (plan.Catalogue is null)
        {
            return;
        }

        Tell("importing the catalogue of the history");
        var code = await Tool.RunAsync(
            ["import", plan.Catalogue, "--map", "uci", "--opening-stock-column", "InitialStockNeeded", "--server", api.ToString(), "--key", MemberPlan.Key],
            context with { Output = TextWriter.Null }, cancellationToken);
        if (code != ExitCode.Fine)
        {
            throw new ToolException(code, $"{plan.Catalogue} cannot be imported");
        }
    }

    private async Task ProgressAsync(Receipts receipts, OrderDesk? desk, CancellationToken cancellationToken)
    {
        var before = 0;
        try
        {
            while (true)
            {
                await Task.Delay(ProgressEvery, context.Clock, cancellationToken);
                var attempts = _observations.Count;
                Tell(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{attempts:N0} requests ({(attempts - before) / ProgressEvery.TotalSeconds:N0}/s), {receipts.Orders:N0} orders acknowledged{(desk is null ? string.Empty : $", {desk.Events:N0} documents of the history")}"));
                before = attempts;
            }
        }
        catch (OperationCanceledException)
        {
            // The clients have stopped.
        }
    }

    private void Tell(string what) =>
        context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_observations.Now.TotalSeconds,7:N1} s  {what}"));

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);
}
