using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Messaging;
using Microsoft.Extensions.Logging;

namespace ActorShop.Runtime.Hosting;

/// <summary>What a silo has to say. Event ids 1200 to 1299.</summary>
internal sealed partial class SiloRuntime
{
    private readonly ILogger _logger;

    [LoggerMessage(1200, LogLevel.Warning, "One-way call {Call} failed")]
    public partial void LogOneWayFailed(Exception exception, Message call);

    [LoggerMessage(1201, LogLevel.Error, "{Activation} could not be activated")]
    public partial void LogActivationFailed(Exception exception, Activation activation);

    [LoggerMessage(1202, LogLevel.Error, "{Activation} failed while it was deactivated")]
    public partial void LogDeactivationFailed(Exception exception, Activation activation);

    [LoggerMessage(1203, LogLevel.Warning, "{Activation} is deactivated although {Count} calls still run")]
    public partial void LogDrainTimedOut(Activation activation, int count);

    [LoggerMessage(1204, LogLevel.Error, "A timer of {Activation} failed; it goes on ticking")]
    public partial void LogTimerFailed(Exception exception, Activation activation);

    [LoggerMessage(1208, LogLevel.Error, "{Operation} of state {State} failed in {Activation}")]
    public partial void LogStorageFailed(Exception exception, string operation, string state, Activation activation);

    [LoggerMessage(1209, LogLevel.Critical, "The engine failed within a turn of {Host}")]
    public partial void LogBroken(Exception exception, RequestHost host);

    [LoggerMessage(1205, LogLevel.Warning, "The silo stops with {Count} calls unanswered")]
    private partial void LogDrainGivenUp(int count);

    [LoggerMessage(1206, LogLevel.Warning, "The silo stops with {Count} grains still active")]
    private partial void LogStopTimedOut(int count);

    [LoggerMessage(1207, LogLevel.Debug, "{Count} idle activations are being ended")]
    private partial void LogCollected(int count);
}
