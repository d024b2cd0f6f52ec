using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace ActorShop.Testing;

/// <summary>The shop's grains in a cluster within the test process, over a store in memory.</summary>
/// <remarks>
/// Workers run only where a test runs them: <see cref="ResumeAllAsync"/> resumes due work by hand.
/// What the shop needs beside the kernel (a payment provider, read models) is registered by the test.
/// </remarks>
public sealed class ShopCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private ShopCluster(InProcessTestCluster cluster, MemoryShopStore store, BegunCalls begun, ShiftedTime time)
    {
        _cluster = cluster;
        Store = store;
        Begun = begun;
        Time = time;
    }

    public MemoryShopStore Store { get; }

    public BegunCalls Begun { get; }

    public ShiftedTime Time { get; }

    public IGrainFactory Grains => _cluster.Client;

    public static async Task<ShopCluster> StartAsync(
        Action<IServiceCollection>? configure = null, short silos = 1, MemoryShopStore? store = null)
    {
        store ??= new();
        var link = new MemoryStoreLink(store, store);
        var begun = new BegunCalls();
        var time = new ShiftedTime();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(time);
            silo.Services.AddSingleton<IdSource>(new SeededIds(1, time));
            silo.Services.AddSingleton<IEventTable>(link);
            silo.Services.AddSingleton<IDueTable>(link);
            silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (_, _) => link);
            configure?.Invoke(silo.Services);
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(begun);
            silo.Services.AddShopGrains();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, store, begun, time);
    }

    /// <summary>Resumes every due grain, as the silos' workers do, until none is due or the rounds are over.</summary>
    /// <returns>Whether nothing is due any more.</returns>
    public async Task<bool> ResumeAllAsync(int rounds = 10)
    {
        for (var round = 0; round < rounds; round++)
        {
            var due = Store.AllDue().Where(row => row.At <= Time.GetUtcNow()).ToArray();
            if (due.Length == 0)
            {
                return true;
            }

            await Task.WhenAll(due.Select(row => Grains.GetGrain<IResumable>(GrainId.Create(row.StateName, row.Key)).ResumeAsync()));
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        Store.ReleaseWrites();
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }
}
