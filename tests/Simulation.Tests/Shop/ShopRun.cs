using System.Globalization;

namespace ActorShop.Simulation.Shop;

/// <summary>One run of the whole shop: calm, trouble, healing, rest, and then the books are compared.</summary>
internal sealed class ShopRun
{
    private readonly SimulatedWorld _world;
    private readonly ShopFloor _floor;
    private readonly IReadOnlyList<Checker> _checkers;
    private readonly SortedSet<string> _running = new(StringComparer.Ordinal);

    private ShopRun(SimulatedWorld world)
    {
        _world = world;
        _floor = new(_world);
        _checkers = Checkers.Attach(_world);
    }

    /// <summary>Runs a plan. Throws only where the simulation itself fails.</summary>
    public static async Task<ShopReport> RunAsync(ShopPlan plan)
    {
        ShopRun? run = null;
        SimulationTrace? trace = null;
        string? broken = null;
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
                    MaxSteps = 10_000_000,
                    MaxTime = TimeSpan.FromHours(12),
                });
        }
        catch (SimulationException exception)
        {
            broken = $"{exception.Message} Running: {string.Join(", ", run?._running ?? [])}; unfinished: {string.Join(", ", run is null ? [] : EverySagaEnds.Unfinished(run._world))}.";
        }

        var violations = run?._world.Violations.All ?? [];
        return new(plan, trace, broken is null ? violations : [.. violations, broken], run?._world);
    }

    private async Task LiveAsync()
    {
        foreach (var machine in _world.Machines)
        {
            machine.Begin();
        }

        foreach (var machine in _world.Machines)
        {
            await machine.AnswersAsync();
        }

        var merchant = new Merchant(_world, _floor);
        await merchant.OpenAsync();

        var clients = _floor.Clients(merchant).Select(client => NotedAsync(client.ToString(), client.RunAsync())).ToArray();
        await _world.DelayAsync(_world.Plan.Calm);
        var nemesis = new Nemesis(_world);
        var supervisor = nemesis.SuperviseAsync();
        await NotedAsync("nemesis", nemesis.RunAsync());
        _world.IsClosing = true;
        await Task.WhenAll(clients);

        var auditor = new Auditor(_world, _floor);
        await auditor.RestAsync();
        _world.IsCalm = true;
        await auditor.BuyOnceMoreAsync();
        await auditor.RestAsync();
        if (_world.Plan.Rates.StoreArrivesLate > 0)
        {
            await RenewAsync();
        }

        await auditor.CompareAsync(_checkers);
        _world.IsOver = true;
        await supervisor;
    }

    // An activation that had read before a late write landed does not know of it until it writes, is woken, or has idled away. Here
    // every process ends and begins anew instead, so that what is compared is what is durable.
    private async Task RenewAsync()
    {
        await Task.WhenAll(_world.Machines.Select(static machine => machine.CrashAsync(isNoticed: true, TimeSpan.FromSeconds(1))));
    }

    // Who never comes to an end is named in the report.
    private async Task NotedAsync(string name, Task work)
    {
        _running.Add(name);
        await work;
        _running.Remove(name);
    }
}

/// <summary>What came of a run.</summary>
/// <param name="Plan">What was decided before it.</param>
/// <param name="Trace">What it did; null where it came to nothing.</param>
/// <param name="Violations">What should not have been.</param>
/// <param name="World">What it left behind; null where it never began.</param>
internal sealed record ShopReport(ShopPlan Plan, SimulationTrace? Trace, IReadOnlyList<string> Violations, World? World)
{
    public bool IsGreen => Violations.Count == 0;

    /// <inheritdoc/>
    public override string ToString() => IsGreen
        ? string.Create(CultureInfo.InvariantCulture, $"seed {Plan.Seed}: {Trace}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"""
             seed {Plan.Seed} fails:
               {string.Join("\n  ", Violations)}
             again: {Replay}
             """);

    /// <summary>The one command that does it again.</summary>
    public string Replay => string.Create(
        CultureInfo.InvariantCulture,
        $"dotnet run -c Release --project tests/Simulation.Tests -- shop --seed {Plan.Seed}{(Plan.Less.IsEmpty ? string.Empty : $" --less {string.Join(',', Plan.Less)}")}");

    /// <summary>The claims that did not hold.</summary>
    public IReadOnlySet<string> Claims => Violations
        .Select(static violation => violation.Split(' ', 3) is [_, var claim, _] ? claim : violation)
        .ToHashSet(StringComparer.Ordinal);
}
