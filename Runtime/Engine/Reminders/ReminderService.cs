using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Scheduling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;

namespace ActorShop.Runtime.Reminders;

/// <summary>Reminds the grains of this silo's range: with one silo, all.</summary>
/// <remarks>
/// The table is the truth; what is here is a copy with timers, read again from time to time. Ticks lie on the grid of first
/// tick and period; a tick that is missed, or due while the last one runs still, is skipped. All state belongs to the
/// system's turns.
/// </remarks>
internal sealed partial class ReminderService(
    SiloRuntime silo, IReminderTable table, IOptions<ReminderOptions> options, ILogger<ReminderService> logger)
    : IReminderRegistry, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly ILogger _logger = logger;
    private readonly Dictionary<(GrainId Grain, string Name), LocalReminder> _local = [];
    private ITimer? _refresh;
    private bool _stopped;

    private SiloRuntime Silo => silo;

    private DateTime Now => silo.Time.GetUtcNow().UtcDateTime;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(ReminderService), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    /// <inheritdoc/>
    public async Task<IGrainReminder> RegisterOrUpdateReminder(
        GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        if (period < options.Value.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"Cannot register reminder {reminderName} as requested period ({period}) is less than minimum allowed reminder period "
                + $"({options.Value.MinimumReminderPeriod})",
                nameof(period));
        }

        var entry = new ReminderEntry
        {
            GrainId = callingGrainId,
            ReminderName = reminderName,
            StartAt = silo.Time.GetUtcNow().UtcDateTime + dueTime,
            Period = period,
        };
        entry.ETag = await table.UpsertRow(entry);
        if (entry.ETag is null)
        {
            throw new ReminderException($"Could not register reminder {entry} to the reminder table. Please try again later.");
        }

        await silo.System.RunAsync(() =>
        {
            Put(entry, isNew: true);
            return Task.CompletedTask;
        });
        return new GrainReminder(callingGrainId, reminderName, entry.ETag);
    }

    /// <inheritdoc/>
    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        if (reminder is not GrainReminder handle || handle.GrainId != callingGrainId)
        {
            throw new ArgumentException("The handle is not of a reminder of this grain.", nameof(reminder));
        }

        if (!await table.RemoveRow(callingGrainId, handle.ReminderName, handle.ETag)
            && await table.ReadRow(callingGrainId, handle.ReminderName) is not null)
        {
            throw new ReminderException(
                $"Could not unregister reminder {handle.ReminderName} of {callingGrainId} from the reminder table: it has changed since.");
        }

        await silo.System.RunAsync(() =>
        {
            Drop((callingGrainId, handle.ReminderName));
            return Task.CompletedTask;
        });
    }

    /// <inheritdoc/>
    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        await table.ReadRow(callingGrainId, reminderName) is { } row ? new GrainReminder(callingGrainId, reminderName, row.ETag!) : null;

    /// <inheritdoc/>
    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        [.. (await table.ReadRows(callingGrainId)).Reminders.Select(row => new GrainReminder(callingGrainId, row.ReminderName, row.ETag!))];

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.InitializationTimeout, silo.Time);
        await table.StartAsync(cancellationToken).UntilAsync(limit.Token);
        await silo.System.RunAsync(ReadTableAsync).UntilAsync(limit.Token);
        var period = options.Value.RefreshReminderListPeriod;
        _refresh = silo.Time.CreateTimer(
            static self => ((ReminderService)self!).BeginRefresh(), this, period, period);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await silo.System.RunAsync(() =>
        {
            _stopped = true;
            foreach (var key in _local.Keys.ToArray())
            {
                Drop(key);
            }

            return Task.CompletedTask;
        });
        if (_refresh is { } refresh)
        {
            await refresh.DisposeAsync();
        }

        await table.StopAsync(cancellationToken);
    }

    private void BeginRefresh() => silo.System.Begin(ReadTableAsync);

    private async Task ReadTableAsync()
    {
        var rows = (await table.ReadRows(0, 0)).Reminders;
        if (_stopped)
        {
            return;
        }

        var found = new HashSet<(GrainId, string)>();
        foreach (var row in rows.OrderBy(static row => row.GrainId).ThenBy(static row => row.ReminderName, StringComparer.Ordinal))
        {
            found.Add((row.GrainId, row.ReminderName));
            Put(row, isNew: false);
        }

        foreach (var key in _local.Keys.Where(key => !found.Contains(key)).ToArray())
        {
            Drop(key);
        }
    }

    private void Put(ReminderEntry entry, bool isNew)
    {
        var key = (entry.GrainId, entry.ReminderName);
        if (_stopped || (_local.TryGetValue(key, out var known) && string.Equals(known.ETag, entry.ETag, StringComparison.Ordinal)))
        {
            return;
        }

        Drop(key);
        _local[key] = new LocalReminder(this, entry, isNew);
    }

    private void Drop((GrainId Grain, string Name) key)
    {
        if (_local.Remove(key, out var known))
        {
            known.Dispose();
        }
    }

    [LoggerMessage(1230, LogLevel.Error, "Reminder {Reminder} of {Grain} failed; the next tick comes all the same")]
    private partial void LogTickFailed(Exception exception, string reminder, GrainId grain);

    private sealed record GrainReminder(GrainId GrainId, string ReminderName, string ETag) : IGrainReminder;
}
