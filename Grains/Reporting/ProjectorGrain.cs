using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Reporting;

/// <inheritdoc cref="IProjectorGrain"/>
/// <remarks>One activation in the cluster; were there two for a moment, the marks in the read model make each event count once.</remarks>
[GrainType("projector")]
internal sealed partial class ProjectorGrain(IReadModels readModels, IOptions<ReportingOptions> options, ILogger<ProjectorGrain> logger)
    : Grain, IProjectorGrain, IRemindable
{
    private const string Reminder = "project";

    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private IGrainTimer? _timer;

    private string Topic => this.GetPrimaryKeyString() is var key ? key[(key.IndexOf('/') + 1)..] : string.Empty;

    public async Task StartAsync()
    {
        await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        Run();
    }

    public Task WakeAsync() => StartAsync();

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Run();
        return Task.CompletedTask;
    }

    public Task<long> RebuildAsync() => readModels.RebuildAsync(Topic);

    public Task<long> GetLagAsync() => readModels.GetLagAsync(Topic);

    private void Run() => _timer ??= this.RegisterGrainTimer(
        ProjectAsync, new GrainTimerCreationOptions(TimeSpan.Zero, options.Value.BusyPause) { KeepAlive = true });

    private async Task ProjectAsync()
    {
        var pause = options.Value.IdlePause;
        try
        {
            pause = await CarryAsync() > 0 ? options.Value.BusyPause : options.Value.IdlePause;
        }
        catch (Exception failure)
        {
            LogNotProjected(failure, Topic);
        }

        _timer!.Change(pause, pause);
    }

    private async Task<int> CarryAsync()
    {
        var carried = 0;
        for (var batch = 0; batch < options.Value.BatchesPerTurn; batch++)
        {
            var some = await readModels.ProjectAsync(Topic, options.Value.BatchSize);
            carried += some;
            if (some < options.Value.BatchSize)
            {
                break;
            }
        }

        return carried;
    }

    [LoggerMessage(2201, LogLevel.Warning, "The projection {Projection} could not go on; it will be tried again.")]
    private partial void LogNotProjected(Exception failure, string projection);
}
