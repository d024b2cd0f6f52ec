namespace ActorShop.Silo.Payments;

/// <summary>Warns at each start that no payment provider is set.</summary>
internal sealed partial class SimulationWarning(ILogger<SimulationWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogSimulated(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(2030, LogLevel.Warning, "Payments are simulated: no money moves. Set Payments:Url.")]
    private static partial void LogSimulated(ILogger logger);
}
