using ActorShop.Runtime.Lifecycle;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Hosting;

/// <summary>Starts and stops the silo with its host, by the stages of the silo's lifecycle.</summary>
internal sealed partial class SiloService(
    SiloRuntime silo,
    SiloLifecycle lifecycle,
    IEnumerable<ILifecycleParticipant<ISiloLifecycle>> participants,
    ILogger<SiloService> logger) : IHostedService
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // The gate opens before services that call grains, and closes after they have stopped.
        lifecycle.Subscribe(
            nameof(SiloRuntime),
            ServiceLifecycleStage.RuntimeGrainServices - 1,
            silo.StartAsync,
            silo.StopAsync);
        foreach (var participant in participants)
        {
            participant.Participate(lifecycle);
        }

        await lifecycle.OnStart(cancellationToken);
        silo.Instruments.Observe(() => silo.Catalog.Count, () => silo.Calls.Count);
        LogStarted(silo.SiloIdentity, silo.Catalog.Classes.Count);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        LogStopping(silo.SiloIdentity);
        await lifecycle.OnStop(cancellationToken);
        LogStopped(silo.SiloIdentity);
    }

    [LoggerMessage(1210, LogLevel.Information, "Silo {Silo} has started with {Count} grain classes")]
    private partial void LogStarted(string silo, int count);

    [LoggerMessage(1211, LogLevel.Information, "Silo {Silo} is stopping")]
    private partial void LogStopping(string silo);

    [LoggerMessage(1212, LogLevel.Information, "Silo {Silo} has stopped")]
    private partial void LogStopped(string silo);
}
