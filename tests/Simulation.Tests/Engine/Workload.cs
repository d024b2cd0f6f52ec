using System.Globalization;
using ActorShop.Runtime.Simulation;

namespace ActorShop.Simulation.Engine;

/// <summary>Clients that move money between accounts over a store that fails, and ask again until it is done.</summary>
internal static class Workload
{
    public const int Accounts = 8;

    public const long Opening = 1_000;

    /// <summary>Runs it to its end; throws where money was made or lost.</summary>
    public static Task<SimulationTrace> RunAsync(ulong seed, Action<SimulatedCluster>? atTheEnd = null) => SimulatedCluster.RunAsync(
        seed,
        static (cluster, silo) =>
        {
            cluster.StorageFaults.FailBefore = 0.05;
            cluster.StorageFaults.FailAfter = 0.05;
            silo.AddMemoryGrainStorageAsDefault();
            silo.UseInMemoryReminderService();
        },
        async cluster =>
        {
            for (var account = 0; account < Accounts; account++)
            {
                var grain = Account(cluster, account);
                await InsistAsync(cluster, cluster.Draws("opening"), () => grain.OpenAsync(Opening));
            }

            await Task.WhenAll(Enumerable.Range(0, 6).Select(client => ShopAsync(cluster, client)));

            // Long enough for reminders to come and for activations to be collected.
            await cluster.DelayAsync(TimeSpan.FromMinutes(40));
            cluster.StorageFaults.FailBefore = cluster.StorageFaults.FailAfter = 0;

            var sum = 0L;
            for (var account = 0; account < Accounts; account++)
            {
                var grain = Account(cluster, account);
                sum += await InsistAsync(cluster, cluster.Draws("reading"), grain.AmountAsync);
            }

            sum.ShouldBe(Accounts * Opening, $"seed {seed}");
            atTheEnd?.Invoke(cluster);
        });

    private static async Task ShopAsync(SimulatedCluster cluster, int client)
    {
        var draw = cluster.Draws(string.Create(CultureInfo.InvariantCulture, $"client {client}"));
        for (var transfer = 0; transfer < 20; transfer++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{client}/{transfer}");
            var from = draw(Accounts);
            var to = (from + 1 + draw(Accounts - 1)) % Accounts;
            var amount = 1 + draw(50);
            await InsistAsync(cluster, draw, () => Account(cluster, from).TransferAsync(id, Key(to), amount));
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(draw(20)));
        }
    }

    private static IAccountGrain Account(SimulatedCluster cluster, int number) => cluster.Grains.GetGrain<IAccountGrain>(Key(number));

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"account/{number}");

    private static Task<bool> InsistAsync(SimulatedCluster cluster, Func<int, int> pause, Func<Task> ask) => InsistAsync(cluster, pause, async () =>
    {
        await ask();
        return true;
    });

    private static async Task<TResult> InsistAsync<TResult>(SimulatedCluster cluster, Func<int, int> pause, Func<Task<TResult>> ask)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception) when (attempt < 100 && exception is (OrleansException or TimeoutException))
            {
                // Two accounts that pay each other wait for each other until time is up; unequal pauses part them.
                await cluster.DelayAsync(TimeSpan.FromMilliseconds(pause(attempt * 50)));
            }
        }
    }
}
