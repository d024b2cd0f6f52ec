using System.Reflection;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorShop.Runtime;

/// <summary>A grain that runs what its caller hands it: so a test says in one place what happens inside of the grain.</summary>
public interface IProbeGrain : IGrainWithStringKey
{
#pragma warning disable ASHOP004 // The body never leaves the process: its reference is written by hand, below.
    Task<object?> Run(Func<ProbeGrain, Task<object?>> body);
#pragma warning restore ASHOP004
}

public sealed class ProbeGrain : Grain, IProbeGrain
{
    public static Action<ProbeGrain>? Constructed { get; set; }

    public Func<DeactivationReason, Task>? OnEnd { get; set; }

    public int Calls { get; set; }

    public Task<object?> Run(Func<ProbeGrain, Task<object?>> body)
    {
        Calls++;
        return body(this);
    }

    public void End() => DeactivateOnIdle();

    public IGrainFactory Grains => GrainFactory;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        OnEnd?.Invoke(reason) ?? Task.CompletedTask;
}

internal sealed class ProbeReference(GrainReferenceSeed seed) : GrainReference(seed), IProbeGrain
{
    public override string InterfaceName => "probe";

    public InvokeOptions Options { get; init; }

    public Task<object?> Run(Func<ProbeGrain, Task<object?>> body) => Runtime.InvokeAsync(this, new RunProbe(body, InvokeOptions.None));

    public Task<object?> Run(InvokeOptions options, Func<ProbeGrain, Task<object?>> body) =>
        Runtime.InvokeAsync(this, new RunProbe(body, options));
}

internal sealed class RunProbe(Func<ProbeGrain, Task<object?>> body, InvokeOptions options) : Invokable<object?>
{
    public override string InterfaceName => "probe";

    public override string MethodId => "Run";

    public override Type InterfaceType => typeof(IProbeGrain);

    public override string MethodName => "Run";

    public override MethodInfo Method => typeof(IProbeGrain).GetMethod("Run")!;

    public override InvokeOptions Options => options;

    public override int ArgumentCount => 1;

    public override object? GetArgument(int index) => body;

    public override void SetArgument(int index, object? value) => throw new NotSupportedException();

    public override Task<object?> InvokeAsync(object target) => ((IProbeGrain)target).Run(body);

    public override object? CopyResult(object? result) => result;
}

internal sealed class ProbeManifest : GrainManifest
{
    public override void Describe(IGrainManifestBuilder builder)
    {
        builder.AddInterface<IProbeGrain>("probe", static seed => new ProbeReference(seed));
        builder.AddGrainClass(typeof(ProbeGrain));
    }
}

/// <summary>A silo in a host of its own.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private TestSilo(IHost host) => Host = host;

    public IHost Host { get; }

    public IGrainFactory Grains => Host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<TestSilo> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(new GrainManifests([new ProbeManifest()]));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering().AddMemoryGrainStorageAsDefault();
            configure?.Invoke(silo);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host);
    }

    public IProbeGrain Probe(string key) => Grains.GetGrain<IProbeGrain>(key);

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        Host.Dispose();
    }
}
