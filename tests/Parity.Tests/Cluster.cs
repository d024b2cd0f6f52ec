using System.Collections.Concurrent;
using ActorShop.Parity.State;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace ActorShop.Parity;

/// <summary>One silo for all tests of a class; grains of different tests differ in their keys.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;

    /// <summary>The hosted client: calls from within the process of the silo.</summary>
    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public IServiceProvider Services => _cluster.Silos[0].ServiceProvider;

    /// <summary>A key that no other test uses. It is no hexadecimal number.</summary>
    public static string NewKey() => $"key/{Guid.NewGuid():N}";

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo(static (_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams("streams");
            silo.Services.AddGrainStorage("watched", static (_, _) => new WatchedStorage());
            silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.AddOutgoingGrainCallFilter(new Filters.OutgoingNote());
            silo.AddIncomingGrainCallFilter(new Filters.IncomingNote("first"));
            silo.AddIncomingGrainCallFilter(new Filters.IncomingNote("second"));
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();
}

/// <summary>Lets a test hold a grain at a point, and know that it is there. Gates are named by the keys of grains.</summary>
public static class Gate
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Gates = new(StringComparer.Ordinal);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void Open(string name) => Of(name).TrySetResult();

    /// <summary>Waits for a gate; one that never opens fails the test rather than hang it.</summary>
    public static Task Opened(string name) => Of(name).Task.WaitAsync(Patience);

    public static bool IsOpen(string name) => Of(name).Task.IsCompleted;

    private static TaskCompletionSource Of(string name) =>
        Gates.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
