namespace ActorShop.Simulation.Contract;

/// <summary>The simulated host. A test runs under several seeds, each a schedule of its own.</summary>
public sealed class SimulatedHost : IContractHost
{
    private const ulong Seeds = 20;

    public async Task RunAsync(Func<ContractCluster, Task> body, int silos = 1)
    {
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            Cluster? run = null;
            await SimulatedCluster.RunAsync(
                seed,
                (silo, builder) =>
                {
                    run ??= new(silo.Cluster);
                    run.AddContract(builder);
                },
                _ => body(run!),
                new() { Silos = silos + 2, SilosAtStart = silos });
        }
    }

    private sealed class Cluster(SimulatedCluster cluster) : ContractCluster
    {
        public override Gates Gates { get; } = new(cluster.Time, TaskCreationOptions.None);

        public override ContractStorage Storage { get; } = new();

        public override IReadOnlyList<int> Living => [.. cluster.Silos.Where(static silo => silo.IsUp).Select(static silo => silo.Number)];

        protected override string Prefix => "key";

        public override IGrainFactory Grains => cluster.Silos[0].Grains;

        public override Task<T> AskAsync<T>(int silo, Func<IGrainFactory, Task<T>> ask) => cluster.Silos[silo].AskAsync(ask);

        public override Task JoinAsync() => cluster.Silos.First(static silo => silo.Life == 0).StartAsync();

        public override Task StopAsync(int silo) => cluster.Silos[silo].StopAsync();

        public override Task KillAsync(int silo)
        {
            cluster.Silos[silo].Crash(isNoticed: false);
            return Task.CompletedTask;
        }

        public override Task DelayAsync(TimeSpan time) => cluster.DelayAsync(time);
    }
}
