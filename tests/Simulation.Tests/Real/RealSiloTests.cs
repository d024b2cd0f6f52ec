using ActorShop.Simulation.Shop;
using ActorShop.Testing.Invariants;

namespace ActorShop.Simulation.Real;

/// <summary>
/// Goal: the shop keeps its promises on Orleans' own silos while they die, stop and join.
/// </summary>
/// <remarks>
/// Method: the customers and checkers of the simulation, in real time, over three silos in this process. The store loses, delays and repeats.
/// What breaks here and not in the simulation is a gap of the simulator.
/// </remarks>
[Trait("Suite", "Chaos")]
public sealed class RealSiloTests
{
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Shop_OnRealSilosThatDieStopAndJoin_KeepsItsPromises()
    {
        await using var world = await RealWorld.StartAsync(Plan());

        // Clients share one scheduler: their random numbers have no locks.
        using var clients = new ClientTurns();
        IReadOnlyList<CheckResult> checks = [];
        await clients.RunAsync(async () => checks = await ShopRun.LiveAsync(world, () => BreakAsync(world), () => Task.CompletedTask, static (_, work) => work));

        ShopRun.ViolationsOf(checks).ShouldBeEmpty();
        world.Receipts.Orders.ShouldBeGreaterThan(10);
    }

    private static async Task BreakAsync(RealWorld world)
    {
        var draw = world.Draws("nemesis");
        (world.StoreFaults.FailBefore, world.StoreFaults.FailAfter, world.StoreFaults.Slow) = (0.01, 0.01, 0.01);
        var began = world.Time.GetTimestamp();
        for (var fault = 0; world.Time.GetElapsedTime(began) < Trouble; fault++)
        {
            await world.DelayAsync(TimeSpan.FromSeconds(1 + draw(2)));
            var silo = draw(world.SiloCount);
            await (fault % 2 == 0 ? world.KillAsync(silo, TimeSpan.FromSeconds(draw(3))) : world.StopAsync(silo, TimeSpan.FromSeconds(draw(3))));
        }

        (world.StoreFaults.FailBefore, world.StoreFaults.FailAfter, world.StoreFaults.Slow) = (0, 0, 0);
    }

    private static ShopPlan Plan() => new()
    {
        Seed = 1,
        Machines = 3,
        Shoppers = 8,
        Rounds = 6,
        Clerks = 2,
        Skus = 3,
        Calm = TimeSpan.FromSeconds(5),
        Trouble = Trouble,
        // A stock whose order was lost asks within two minutes and a half.
        Patience = TimeSpan.FromMinutes(4),
        Rates = new(),
        Settings = new(
            Deadline: TimeSpan.FromSeconds(10), CheckoutTimeout: TimeSpan.FromSeconds(2),
            OperationTimeout: TimeSpan.FromSeconds(2), OrderResumeAfter: TimeSpan.FromSeconds(1), CartResumeAfter: TimeSpan.FromSeconds(1),
            RetryTo: TimeSpan.FromSeconds(1), DueWorkInterval: TimeSpan.FromSeconds(1), ProviderLate: TimeSpan.FromSeconds(2),
            ProviderTimeout: TimeSpan.FromSeconds(1), ResponseTimeout: TimeSpan.FromSeconds(10), CollectionAge: TimeSpan.FromMinutes(2),
            LeaveAfter: TimeSpan.FromSeconds(10)),
    };

    /// <summary>One turn of the clients at a time.</summary>
    private sealed class ClientTurns : IDisposable
    {
        private readonly ConcurrentExclusiveSchedulerPair _turns = new();

        public Task RunAsync(Func<Task> work) =>
            Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, _turns.ExclusiveScheduler).Unwrap();

        public void Dispose() => _turns.Complete();
    }
}
