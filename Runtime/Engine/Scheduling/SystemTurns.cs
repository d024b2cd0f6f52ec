using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Scheduling;

/// <summary>The turns of the engine's own services: what they do in the background, they do here, one at a time.</summary>
/// <remarks>So a service needs no locks, and the simulator decides over its steps as it does over those of grains.</remarks>
internal sealed partial class SystemTurns(ITurnSink sink, ILogger logger) : TurnScheduler(sink, quantum: 64)
{
    private readonly ILogger _logger = logger;

    /// <summary>Runs async work in these turns; completes with it.</summary>
    public Task RunAsync(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <inheritdoc cref="RunAsync(Func{Task})"/>
    public Task<TResult> RunAsync<TResult>(Func<Task<TResult>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Runs async work in these turns; nobody waits, so a failure is logged.</summary>
    public void Begin(Func<Task> work) => _ = RunAsync(async () =>
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            LogWorkFailed(exception);
        }
    });

    protected override void Run(WorkItem item) => throw new System.Diagnostics.UnreachableException();

    protected override void Settle()
    {
    }

    protected override void OnQuantumStarting() => RuntimeContext.Current = null;

    protected override void OnQuantumEnded()
    {
    }

    protected override void OnBroken(Exception exception) => LogWorkFailed(exception);

    [LoggerMessage(1220, LogLevel.Error, "Background work of the silo failed")]
    private partial void LogWorkFailed(Exception exception);
}
