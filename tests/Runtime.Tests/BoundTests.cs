using ActorShop.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace ActorShop.Runtime;

/// <summary>Goal: overload and stopping are answered at once and by name.</summary>
public sealed class BoundTests
{
    [Fact]
    public async Task Grain_WithAFullQueue_RefusesTheNextCall_AndServesThoseThatWait()
    {
        var release = new TaskCompletionSource();
        await using var silo = await TestSilo.StartAsync(static silo =>
            silo.Configure<SiloMessagingOptions>(static options => options.MaxEnqueuedRequestsHardLimit = 2));
        var running = silo.Probe("a").Run(async _ =>
        {
            await release.Task;
            return null;
        });
        var waiting = Enumerable.Range(0, 2).Select(_ => silo.Probe("a").Run(static _ => Task.FromResult<object?>(null))).ToArray();

        await Should.ThrowAsync<LimitExceededException>(() => silo.Probe("a").Run(static _ => Task.FromResult<object?>(null)));

        release.SetResult();
        await Task.WhenAll([running, .. waiting]);
    }

    [Fact]
    public async Task Silo_WithTooManyCallsUnderWay_RefusesTheNextOne()
    {
        var release = new TaskCompletionSource();
        await using var silo = await TestSilo.StartAsync(static silo =>
            silo.Configure<EngineLimits>(static limits => limits.MaxPendingCalls = 64));
        var running = silo.Probe("a").Run(async _ =>
        {
            await release.Task;
            return null;
        });

        // One share for each of 64 groups of targets: the same target is in the same group.
        await Should.ThrowAsync<LimitExceededException>(() => silo.Probe("a").Run(static _ => Task.FromResult<object?>(null)));

        release.SetResult();
        await running;
        await silo.Probe("a").Run(static _ => Task.FromResult<object?>(null));
    }

    [Fact]
    public async Task StoppingSilo_LetsRunningCallsEnd_AndRefusesNewOnes()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var silo = await TestSilo.StartAsync();
        var running = silo.Probe("a").Run(async _ =>
        {
            arrived.SetResult();
            await release.Task;
            return "done";
        });
        await arrived.Task;

        var stopping = silo.Host.StopAsync();
        await Should.ThrowAsync<SiloUnavailableException>(() => silo.Probe("b").Run(static _ => Task.FromResult<object?>(null)));
        release.SetResult();

        (await running).ShouldBe("done");
        await stopping;
        silo.Host.Dispose();
    }

    [Fact]
    public async Task StoppingSilo_LetsRunningGrainsCallOthers()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var silo = await TestSilo.StartAsync();
        var running = silo.Probe("a").Run(async grain =>
        {
            arrived.SetResult();
            await release.Task;
            return await grain.Grains.GetGrain<IProbeGrain>("b").Run(static _ => Task.FromResult<object?>("from b"));
        });
        await arrived.Task;

        var stopping = silo.Host.StopAsync();
        release.SetResult();

        (await running).ShouldBe("from b");
        await stopping;
        silo.Host.Dispose();
    }

    [Fact]
    public async Task Silo_ThatHasNotStarted_RefusesCalls()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(new GrainManifests([new ProbeManifest()]));
        builder.UseOrleans(static silo => silo.UseLocalhostClustering());
        using var host = builder.Build();
        var grains = host.Services.GetRequiredService<IGrainFactory>();

        await Should.ThrowAsync<SiloUnavailableException>(
            () => grains.GetGrain<IProbeGrain>("a").Run(static _ => Task.FromResult<object?>(null)));
    }

    [Fact]
    public async Task MemoryStorage_ThatIsFull_RefusesANewRecord()
    {
        var storage = new Storage.MemoryGrainStorage(
            new MemoryGrainStorageOptions(),
            new Serialization.CodecProvider([]),
            new EngineLimits { MaxMemoryRecords = 1 });
        await storage.WriteStateAsync("s", GrainId.Create("g", "1"), new GrainState<int>(1));

        await Should.ThrowAsync<LimitExceededException>(
            () => storage.WriteStateAsync("s", GrainId.Create("g", "2"), new GrainState<int>(2)));
    }
}
