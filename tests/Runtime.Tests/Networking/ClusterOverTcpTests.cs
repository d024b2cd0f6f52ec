using System.Net;
using ActorShop.Runtime.Client;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;

namespace ActorShop.Runtime.Networking;

/// <summary>Method: silos in one process, with sockets between them. Goal: where a grain is makes no difference to who calls it.</summary>
public sealed class ClusterOverTcpTests
{
    private const int Grains = 60;

    [Fact]
    public async Task TwoSilos_ShareTheGrains_AndCallEachOthers()
    {
        var table = new InMemoryMembershipTable();
        await using var first = await ClusterSilo.StartAsync(table);
        await using var second = await ClusterSilo.StartAsync(table);

        for (var n = 0; n < Grains; n++)
        {
            (await first.Factory.GetGrain<IWireGrain>($"two{n}").Add(n, 1)).ShouldBe(n + 1);
            (await second.Factory.GetGrain<IWireGrain>($"two{n}").Add(n, 2)).ShouldBe(n + 2);
        }

        (first.Grains + second.Grains).ShouldBe(Grains);
        first.Grains.ShouldBeGreaterThan(0);
        second.Grains.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Client_ReachesTheGrainsOfAllSilosThroughOne()
    {
        var table = new InMemoryMembershipTable();
        await using var first = await ClusterSilo.StartAsync(table);
        await using var second = await ClusterSilo.StartAsync(table);
        await using var client = await TestClient.StartAsync(first.GatewayPort);

        for (var n = 0; n < Grains; n++)
        {
            (await client.Grain($"all{n}").Add(n, 1)).ShouldBe(n + 1);
            (await Should.ThrowAsync<WireTestException>(() => client.Grain($"all{n}").Throw("codec"))).Left.ShouldBe(3);
        }

        first.Grains.ShouldBeGreaterThan(0);
        second.Grains.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task SiloThatLeaves_CostsClientsNoCall()
    {
        var table = new InMemoryMembershipTable();
        var first = await ClusterSilo.StartAsync(table);
        await using var second = await ClusterSilo.StartAsync(table);
        await using var client = await TestClient.StartAsync(first.GatewayPort, second.GatewayPort);
        await client.ReachedAsync(2);
        var hasLeft = false;
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            // Before, during, and a while after.
            for (var (count, after) = (0, 0); after < 100; count++, after += Volatile.Read(ref hasLeft) ? 1 : 0)
            {
                (await client.Grain($"leave{caller}.{count % 10}").Add(1, 1)).ShouldBe(2);
            }
        })).ToArray();

        await first.DisposeAsync();
        Volatile.Write(ref hasLeft, true);

        await Task.WhenAll(callers);
    }

    [Fact]
    public async Task Client_ThatKnewOneSilo_LearnsAtOnceWhoJoins_AndOutlivesTheOneItKnew()
    {
        var table = new InMemoryMembershipTable();
        var first = await ClusterSilo.StartAsync(table);
        await using var client = await TestClient.StartAsync([], builder => builder.Services.AddSingleton<IGatewayListProvider>(
            new MembershipGateways(table, Options.Create(new GatewayOptions()))));

        // Long before the list is read again by itself.
        await using var second = await ClusterSilo.StartAsync(table);
        await client.ReachedAsync(2);
        await first.DisposeAsync();

        (await client.Grain("stays").Add(1, 1)).ShouldBe(2);
    }

    [Fact]
    public async Task ObserverOfAClient_IsCalledByGrainsOfAllSilos()
    {
        var table = new InMemoryMembershipTable();
        await using var first = await ClusterSilo.StartAsync(table);
        await using var second = await ClusterSilo.StartAsync(table);
        await using var client = await TestClient.StartAsync(first.GatewayPort, second.GatewayPort);
        await client.ReachedAsync(2);
        var observer = new Counter();
        var reference = client.Grains.CreateObjectReference<IWireObserver>(observer);

        for (var n = 0; n < Grains; n++)
        {
            await client.Grain($"observers{n}").Observe(reference, "seen");
        }

        observer.Count.ShouldBe(Grains);
    }

    private sealed class Counter : IWireObserver
    {
        public int Count { get; private set; }

        public Task Saw(string text)
        {
            Count++;
            return Task.CompletedTask;
        }
    }
}

/// <summary>One of several silos.</summary>
internal sealed class ClusterSilo(IHost host, int gatewayPort) : IAsyncDisposable
{
    public int GatewayPort => gatewayPort;

    public int Grains => host.Services.GetRequiredService<SiloRuntime>().Catalog.Count;

    public IGrainFactory Factory => host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<ClusterSilo> StartAsync(InMemoryMembershipTable table, Action<ISiloBuilder>? configure = null)
    {
        var gateway = TcpEnd.FreePort();
        var port = TcpEnd.FreePort();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<IMembershipTable>(table);
        builder.UseOrleans(silo =>
        {
            silo.ConfigureEndpoints(IPAddress.Loopback, port, gateway);
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new ClusterSilo(host, gateway);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
