using System.Net;
using ActorShop.Runtime.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime.Messaging;

namespace ActorShop.Runtime.Networking;

/// <summary>Method: a silo and its clients in one process, with sockets between them. Goal: a client calls as the hosted one does.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task Client_CallsGrainsOfASilo_WithoutTheirClasses()
    {
        await using var silo = await GatewaySilo.StartAsync();
        await using var client = await TestClient.StartAsync(silo.Port);
        var grain = client.Grain("client");

        (await grain.Add(20, 22)).ShouldBe(42);
        (await grain.Reverse(new WireShape("x", [1, 2], Guid.Empty, null))).Numbers.ShouldBe([2, 1]);
        (await Should.ThrowAsync<WireTestException>(() => grain.Throw("codec"))).Left.ShouldBe(3);
        await Should.ThrowAsync<ArgumentException>(() => Task.FromResult(client.Grains.GetGrain<INobodysGrain>("x")));
    }

    [Fact]
    public async Task ClientsContextAndCancellation_Travel()
    {
        await using var silo = await GatewaySilo.StartAsync();
        await using var client = await TestClient.StartAsync(silo.Port);
        var events = WireGrain.Events.GetOrAdd("client-cancel", static _ => new WireEvents());
        RequestContext.Set("who", "client");
        using var source = new CancellationTokenSource();

        (await client.Grain("client-cancel").Context("who")).ShouldBe("client");
        var call = client.Grain("client-cancel").WaitForCancellation(source.Token);
        await events.Started.Task;
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await events.Cancelled.Task).ShouldBeTrue();
    }

    [Fact]
    public async Task ObserverOfAClient_IsCalledThroughTheGateway_UntilItIsDeleted()
    {
        await using var silo = await GatewaySilo.StartAsync();
        await using var client = await TestClient.StartAsync(silo.Port);
        var observer = new Observer();
        var reference = client.Grains.CreateObjectReference<IWireObserver>(observer);

        await client.Grain("observed").Observe(reference, "hello");

        observer.Seen.ShouldBe(["hello"]);
        client.Grains.DeleteObjectReference<IWireObserver>(reference);
        await Should.ThrowAsync<ClientNotAvailableException>(() => client.Grain("observed").Observe(reference, "again"));
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task ObserverOfAClientThatHasLeft_IsNotAvailable()
    {
        await using var silo = await GatewaySilo.StartAsync();
        await using var stays = await TestClient.StartAsync(silo.Port);
        var observer = new Observer();
        var leaves = await TestClient.StartAsync(silo.Port);
        var reference = leaves.Grains.CreateObjectReference<IWireObserver>(observer);
        await leaves.DisposeAsync();

        await Should.ThrowAsync<ClientNotAvailableException>(() => stays.Grain("left").Observe(reference, "hello"));
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task LostGateway_FailsCallsUnderWayAtOnce_AndTheClientComesBackByItself()
    {
        var silo = await GatewaySilo.StartAsync();
        await using var client = await TestClient.StartAsync(silo.Port);
        var events = WireGrain.Events.GetOrAdd("gateway-lost", static _ => new WireEvents());
        var call = client.Grain("gateway-lost").Hold();
        await events.Started.Task;

        silo.Kill();

        await Should.ThrowAsync<SiloUnavailableException>(() => call);
        await Should.ThrowAsync<SiloUnavailableException>(() => client.Grain("gateway-lost").Nothing());
        events.Release.SetResult(0);
        await silo.DisposeAsync();
        await using var next = await GatewaySilo.StartAsync(silo.Port);
        await client.ReachedAsync();
        (await client.Grain("again").Add(1, 1)).ShouldBe(2);
    }

    [Fact]
    public async Task TwoGateways_ShareTheCalls_AndOneIsEnough()
    {
        var first = await GatewaySilo.StartAsync();
        await using var second = await GatewaySilo.StartAsync();
        await using var client = await TestClient.StartAsync(first.Port, second.Port);
        await client.ReachedAsync(2);
        for (var n = 0; n < 40; n++)
        {
            await client.Grain($"shared{n}").Nothing();
        }

        first.Grains.ShouldBeGreaterThan(5);
        second.Grains.ShouldBeGreaterThan(5);
        await first.DisposeAsync();

        for (var n = 0; n < 40; n++)
        {
            await client.Grain($"shared{n}").Nothing();
        }

        second.Grains.ShouldBe(40);
    }

    [Fact]
    public async Task Start_WithoutAGateway_FailsAtOnce_AndAFilterMakesItTryAgain()
    {
        var port = TcpEnd.FreePort();
        await Should.ThrowAsync<ConnectionFailedException>(() => TestClient.StartAsync(port));

        var attempts = 0;
        GatewaySilo? silo = null;
        await using var client = await TestClient.StartAsync([port], builder => builder.UseConnectionRetryFilter(async (exception, _) =>
        {
            exception.ShouldBeOfType<ConnectionFailedException>();
            if (++attempts == 2)
            {
                silo = await GatewaySilo.StartAsync(port);
            }

            return attempts < 20;
        }));

        (await client.Grain("late").Add(1, 2)).ShouldBe(3);
        attempts.ShouldBeGreaterThanOrEqualTo(2);
        await silo!.DisposeAsync();
    }

    [Fact]
    public async Task Start_WithAnotherClustersId_SaysSo()
    {
        await using var silo = await GatewaySilo.StartAsync();

        var failure = await Should.ThrowAsync<ConnectionFailedException>(
            () => TestClient.StartAsync([silo.Port], static builder => builder.Configure<ClusterOptions>(static options => options.ClusterId = "other")));

        failure.Message.ShouldContain("cluster \"other\"");
    }

    [Fact]
    public async Task Observers_OfTheGatewaysSilo_CanBeCalledByClients()
    {
        await using var silo = await GatewaySilo.StartAsync();
        await using var client = await TestClient.StartAsync(silo.Port);
        var observer = new Observer();
        var reference = (GrainReference)(object)silo.Factory.CreateObjectReference<IWireObserver>(observer);

        await client.Grains.GetGrain<IWireObserver>(reference.GrainId).Saw("from outside");

        observer.Seen.ShouldBe(["from outside"]);
    }

    private sealed class Observer : IWireObserver
    {
        public List<string> Seen { get; } = [];

        public Task Saw(string text)
        {
            Seen.Add(text);
            return Task.CompletedTask;
        }
    }
}

/// <summary>An interface that no class implements.</summary>
public interface INobodysGrain : IGrainWithStringKey
{
    Task Nothing();
}

/// <summary>A silo with a gateway on a free port.</summary>
internal sealed class GatewaySilo(IHost host, int port) : IAsyncDisposable
{
    private bool _killed;

    public int Port => port;

    public int Grains => host.Services.GetRequiredService<Hosting.SiloRuntime>().Catalog.Count;

    public IGrainFactory Factory => host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<GatewaySilo> StartAsync(int? port = null)
    {
        var gateway = port ?? TcpEnd.FreePort();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(gatewayPort: gateway));
        var host = builder.Build();
        await host.StartAsync();
        return new GatewaySilo(host, gateway);
    }

    /// <summary>Ends its connections as the death of its process would.</summary>
    public void Kill()
    {
        _killed = true;
        ((Live.TcpTransport)host.Services.GetRequiredService<ITransport>()).Abort();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_killed)
        {
            await host.StopAsync();
        }

        host.Dispose();
    }
}

/// <summary>A client in a host of its own.</summary>
internal sealed class TestClient(IHost host) : IAsyncDisposable
{
    public IClusterClient Grains => host.Services.GetRequiredService<IClusterClient>();

    public static Task<TestClient> StartAsync(params int[] ports) => StartAsync(ports, static _ => { });

    public static async Task<TestClient> StartAsync(int[] ports, Action<IClientBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering([.. ports.Select(static port => new IPEndPoint(IPAddress.Loopback, port))]);
            configure(client);
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new TestClient(host);
    }

    public IWireGrain Grain(string key) => Grains.GetGrain<IWireGrain>(key);

    /// <summary>Waits until so many gateways are connected.</summary>
    public async Task ReachedAsync(int count = 1)
    {
        var connections = host.Services.GetRequiredService<ClientConnections>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (connections.Live.Count < count)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
