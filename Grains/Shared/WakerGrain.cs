using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop;

/// <inheritdoc cref="IWakerGrain"/>
[GrainType("waker")]
internal sealed partial class WakerGrain(IDueTable due, IOptions<WakerOptions> options, TimeProvider clock, ILogger<WakerGrain> logger)
    : Grain, IWakerGrain, IRemindable
{
    private const string Reminder = "look";

    // The reminder brings the grain back wherever it goes; the smallest period that reminders allow.
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(LookAsync, new(options.Value.Interval, options.Value.Interval) { KeepAlive = true });
        return base.OnActivateAsync(cancellationToken);
    }

    public async Task WakeAsync()
    {
        await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        await LookAsync();
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => LookAsync();

    private async Task LookAsync()
    {
        var key = this.GetPrimaryKeyString();
        var bucket = int.Parse(key.AsSpan(key.IndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture);
        var rows = await due.ReadAsync(bucket, clock.GetUtcNow(), options.Value.BatchSize);
        foreach (var some in rows.Chunk(options.Value.Parallelism))
        {
            await Task.WhenAll(some.Select(PokeAsync));
        }
    }

    private async Task PokeAsync(DueRow row)
    {
        try
        {
            await GrainFactory.GetGrain<IWakeable>(GrainId.Create(row.StateName, row.Key)).WakeAsync();
        }
        catch (Exception failure)
        {
            // Its row stays in the index, so the next look tries again; the others must not wait for it.
            LogNotWoken(failure, row.StateName, row.Key, row.At);
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "{State} {Grain} was due at {At} and could not be woken; it will be tried again.")]
    private partial void LogNotWoken(Exception failure, string state, string grain, DateTimeOffset at);
}
