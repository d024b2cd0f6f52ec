using ActorShop.Inventory;
using ActorShop.Testing.Customers;
using ActorShop.Testing.Invariants;

namespace ActorShop.Simulation.Shop;

/// <summary>One run of the shop: calm, trouble, healing, rest, and the comparison of the books.</summary>
internal sealed class ShopRun
{
    private const int MaxSteps = 500_000;

    private readonly SimulatedWorld _world;
    private readonly SortedSet<string> _running = new(StringComparer.Ordinal);
    private IReadOnlyList<CheckResult> _checks = [];

    private ShopRun(SimulatedWorld world) => _world = world;

    /// <summary>Runs a plan. Throws only where the simulation itself fails.</summary>
    public static async Task<ShopReport> RunAsync(ShopPlan plan)
    {
        ShopRun? run = null;
        SimulationTrace? trace = null;
        var broken = new List<string>();
        try
        {
            trace = await SimulatedCluster.RunAsync(
                plan.Seed,
                (silo, builder) =>
                {
                    run ??= new(new SimulatedWorld(silo.Cluster, plan));
                    run._world.Machines[silo.Number].Compose(builder);
                },
                _ => run!.LiveAsync(),
                new()
                {
                    Silos = plan.Machines,
                    MaxClockSkew = plan.Skew,
                    MaxClockDrift = plan.Drift,
                    MaxSteps = MaxSteps,
                    MaxTime = TimeSpan.FromHours(12),
                });
        }
        catch (SimulationException exception)
        {
            var unfinished = run is null ? [] : new SimulatedBooks(run._world).FindUnfinished();
            broken.Add($"{nameof(SimulationException)} {exception.Message} Running: {string.Join(", ", run?._running ?? [])}; unfinished: {string.Join(", ", unfinished)}.");
            broken.AddRange(run?._world.Receipts.Violations ?? []);
        }

        return new(plan, trace, [.. broken, .. ViolationsOf(run?._checks ?? [])], run?._world);
    }

    /// <summary>Lives the life of a world's clients: they open the shop, buy while it breaks, and compare its books at the end.</summary>
    /// <param name="restedAsync">What happens between the rest and the comparison.</param>
    /// <param name="noted">Called with each client's work.</param>
    public static async Task<IReadOnlyList<CheckResult>> LiveAsync(
        World world, Func<Task> breakAsync, Func<Task> restedAsync, Func<string, Task, Task> noted)
    {
        var (plan, workload, isOver) = (world.Plan, world.Workload, false);
        await new Merchant(workload).OpenAsync(CancellationToken.None);
        if (plan.Backorder > 0)
        {
            await world.AskAsync(0, grains => grains.Stock(new(workload.Goods[0].Sku)).SetPolicyAsync(StockPolicy.Backorder, plan.Backorder, expectedVersion: null));
        }

        var clients = workload.Clients().Select(client => noted(client.ToString(), client.RunAsync(() => isOver, CancellationToken.None))).ToArray();
        await world.DelayAsync(plan.Calm);
        var trouble = world.Observations.Now;
        await noted("nemesis", breakAsync());
        isOver = true;
        await Task.WhenAll(clients);

        var auditor = new Auditor(workload, new SimulatedBooks(world), look: TimeSpan.FromSeconds(5));
        await auditor.RestAsync(plan.Patience, CancellationToken.None);
        await new Buyer(workload, "last").BuyForCertainAsync(CancellationToken.None);
        var unfinished = await auditor.RestAsync(plan.Patience, CancellationToken.None);
        await restedAsync();
        var audit = world.Observations.Now;
        var evidence = await auditor.ReadAsync(int.MaxValue, unfinished, CancellationToken.None);
        var attempts = world.Observations.Take();
        return
        [
            .. ShopChecks.All(evidence),
            RunChecks.NothingFails(attempts),
            RunChecks.ClientsSawNothingWrong(world.Receipts),
            RunChecks.EnoughSucceeds(
                attempts, attempt => attempt.Ended < trouble || attempt.Began > audit, percent: 90,
                [CallKind.CreateCart, CallKind.SetLine, CallKind.Checkout, CallKind.ReadStock, CallKind.ReadOrder]),
        ];
    }

    public static IReadOnlyList<string> ViolationsOf(IEnumerable<CheckResult> checks)
    {
        // A broken shop breaks everywhere at once; the first are what matters.
        const int Shown = 5;
        return [.. checks.SelectMany(static check => check.Violations.Take(Shown).Select(violation => $"{check.Name}: {violation}"))];
    }

    private async Task LiveAsync()
    {
        foreach (var machine in _world.Machines)
        {
            machine.Begin();
        }

        await AnswersAsync();
        var nemesis = new Nemesis(_world);
        var supervisor = nemesis.SuperviseAsync();
        _checks = await LiveAsync(_world, nemesis.RunAsync, RenewAsync, NotedAsync);
        _world.IsOver = true;
        await supervisor;
    }

    // An activation that had read before a late write landed does not know of it until it writes, is resumed, or is collected. Every process
    // is started anew instead, so that what is compared is durable.
    private async Task RenewAsync()
    {
        if (_world.Plan.Rates.StoreArrivesLate > 0)
        {
            await Task.WhenAll(_world.Machines.Select(static machine => machine.CrashAsync(isNoticed: true, TimeSpan.FromSeconds(1))));
            await AnswersAsync();
        }
    }

    private async Task AnswersAsync()
    {
        foreach (var machine in _world.Machines)
        {
            await machine.AnswersAsync();
        }
    }

    // Clients that never end are named in the report.
    private async Task NotedAsync(string name, Task work)
    {
        _running.Add(name);
        await work;
        _running.Remove(name);
    }
}
