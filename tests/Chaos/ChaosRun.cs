using System.Collections.Concurrent;
using System.Globalization;
using ActorShop.Chaos.Checks;
using ActorShop.Chaos.Faults;
using ActorShop.Chaos.Network;
using ActorShop.Chaos.Reports;
using ActorShop.Chaos.Workload;
using ActorShop.Cli.Commands;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Shop;
using ActorShop.Cluster;

namespace ActorShop.Chaos;

/// <summary>One run: starts a cluster, lets it sell while it is broken, heals it, waits until it rests, and holds its books against what customers were told.</summary>
/// <param name="plan">What to do.</param>
/// <param name="folder">Where logs, data and journals are.</param>
/// <param name="context">The time, and where progress is told.</param>
internal sealed class ChaosRun(ChaosPlan plan, string folder, ToolContext context)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(60);

    private readonly Observations _observations = new(context.Clock);

    /// <summary>Runs it. Whatever happens, nothing that it started is left.</summary>
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
            return await RunAsync(cluster, network, cancellationToken);
        }
        finally
        {
            network.Heal();
            foreach (var name in await cluster.StopAllAsync(StopPatience, CancellationToken.None))
            {
                Tell($"{name} did not end by itself and was killed");
            }
        }
    }

    /// <summary>Runs it on a cluster that is there, and leaves it mended.</summary>
    public async Task<ChaosReport> RunAsync(LocalCluster cluster, FaultNetwork network, CancellationToken cancellationToken)
    {
        var state = cluster.State;
        var apis = state.Members.Where(static member => member.Role is MemberRole.Api).Select(static member => new Uri($"http://{member.Address}")).ToArray();
        using var shop = new ShopClient(
            apis[0], MemberPlan.Key, new ApiRing(apis, _observations, plan.Workload.AttemptLimit, context.Clock), plan.Workload.Patience, context.Clock);
        using var file = Journal<Receipt>.Open(Path.Combine(folder, "receipts.ndjson"), new JournalHeader("chaos", Show(plan.Seed), apis[0].ToString()));
        var receipts = new Receipts(file);
        var reader = new BooksReader(
            shop, state.Database.ConnectionString, new Uri($"http://{state.Members.First(static member => member.Role is MemberRole.Payments).Address}"), context.Clock);
        var nemesis = new Nemesis(cluster, network, _observations, Tell, context.Clock);

        Tell("opening the shop");
        var goods = await OpeningDay.OpenAsync(shop, plan.Workload, cancellationToken);
        await ImportAsync(apis[0], cancellationToken);
        using var desk = plan.Orders is null ? null : new OrderDesk(shop, Path.Combine(folder, "orders.journal"), plan.Workload.Patience, context);

        var opened = _observations.Now;
        var wrong = await SellAsync(shop, receipts, goods, nemesis, desk, cancellationToken);
        var closed = _observations.Now;

        Tell("healed; waiting until nothing is under way");
        var unfinished = await reader.WaitUntilQuietAsync(goods, plan.RestPatience, cancellationToken);
        var rest = _observations.Now;
        Tell("reading the books");
        await SellOnceMoreAsync(apis, receipts, goods, cancellationToken);
        await reader.WaitUntilQuietAsync(goods, plan.RestPatience, cancellationToken);
        var repeated = await reader.RepeatAsync(receipts.All, plan.Repetitions, cancellationToken);
        var books = await reader.ReadAsync(goods, unfinished, cancellationToken);
        var attempts = _observations.Take();
        List<CheckResult> checks =
        [
            .. ShopChecks.All(new Evidence(receipts.All, goods, books, repeated)),
            .. RunChecks.All(receipts, attempts, nemesis, wrong, opened, closed),
        ];
        if (desk is not null)
        {
            Tell("reading the merchant's reports and ledgers");
            var differences = await desk.CompareAsync(cancellationToken);
            checks.Add(new CheckResult("The merchant's own history is in the reports and ledgers, to the penny", desk.Summary, differences));
        }

        return new ChaosReport(plan, nemesis.Done, attempts, receipts, checks, opened, closed, rest);
    }

    private async Task<List<string>> SellAsync(
        ShopClient shop, Receipts receipts, IReadOnlyList<ChaosGood> goods, Nemesis nemesis, OrderDesk? desk, CancellationToken cancellationToken)
    {
        var (isOver, wrong) = (false, new List<string>());
        var bought = new ConcurrentQueue<BoughtOrder>();
        var clients = Enumerable.Range(0, plan.Workload.Customers)
            .Select(Client (number) => new Shopper(
                shop, receipts, _observations, goods, bought, plan.Workload, number, $"customer-{Show(number)}", context.Clock))
            .Concat(Enumerable.Range(0, plan.Workload.Clerks).Select(Client (number) => new Clerk(
                shop, receipts, _observations, goods, bought, plan.Workload, number, $"clerk-{Show(number)}", context.Clock)));
        var work = clients.Select(client => Task.Run(() => client.RunAsync(() => Volatile.Read(ref isOver), cancellationToken), CancellationToken.None)).ToList();
        if (desk is not null)
        {
            work.Add(Task.Run(() => desk.RunAsync(plan.Orders!, () => Volatile.Read(ref isOver), Tell, cancellationToken), CancellationToken.None));
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = ProgressAsync(receipts, desk, ended.Token);
        try
        {
            await Task.Delay(plan.Calm, context.Clock, cancellationToken);
            var schedule = new FaultSchedule(plan.Seed, plan.Kinds, plan.Silos, plan.Apis, plan.Stretch).Faults();
            await nemesis.RunAsync(
                plan.MostFaults is { } most ? schedule.Take(most) : schedule, _observations.Now + plan.Duration, plan.MostFaults is not null, cancellationToken);

            // Who was broken last has to be seen to work again.
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

        wrong.AddRange((await nemesis.MendAsync(cancellationToken)).Select(static name => $"{name} had ended by itself when everything was healed"));
        await ended.CancelAsync();
        await progress;
        return wrong;
    }

    private async Task SellOnceMoreAsync(Uri[] apis, Receipts receipts, IReadOnlyList<ChaosGood> goods, CancellationToken cancellationToken)
    {
        foreach (var (number, api) in apis.Index())
        {
            using var shop = new ShopClient(api, MemberPlan.Key, new ApiRing([api], _observations, plan.Workload.AttemptLimit, context.Clock), plan.Workload.Patience, context.Clock);
            var last = new LastCustomer(shop, receipts, _observations, goods[0], $"last-{Show(number)}");
            if (await last.TryBuyAsync(cancellationToken) is { } trouble)
            {
                receipts.Object($"nobody could buy at {api} when everything was healed: {trouble}");
            }
        }
    }

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
            // Selling is over.
        }
    }

    private void Tell(string what) =>
        context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_observations.Now.TotalSeconds,7:N1} s  {what}"));

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);
}
