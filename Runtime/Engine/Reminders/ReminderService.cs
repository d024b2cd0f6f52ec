using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Messaging;
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
/// The hashes of grains are divided evenly among the active silos, in the order of their addresses; a new view divides them anew,
/// and each silo reads what it has got. While views differ for a moment a tick may come from two silos, or from none until the
/// table is read. The table is the truth; what is here is a copy with timers, read again from time to time. Ticks lie on the grid of first
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
    private ReminderRange _range = ReminderRange.All;
    private int _reads;
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

        silo.Cluster?.TellReminderOwner(callingGrainId);
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

        silo.Cluster?.TellReminderOwner(callingGrainId);
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
        if (silo.Cluster is { } cluster)
        {
            // Before the first read: what changes during it is read again.
            cluster.ViewChanged = BeginRefresh;
            cluster.ReminderChanged = grain => silo.System.Begin(() => ReadGrainAsync(grain));
        }

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
        // The last read that began is the one that counts: one that began under an older view may end after it.
        var read = ++_reads;
        _range = silo.Cluster is { Membership: var membership }
            ? ReminderRange.Of(membership.Self, membership.View.Active)
            : ReminderRange.All;
        var range = _range;
        foreach (var key in _local.Keys.Where(key => !range.Contains(key.Grain)).ToArray())
        {
            Drop(key);
        }

        var rows = range.IsEmpty ? [] : (await table.ReadRows(range.Begin, range.End)).Reminders;
        if (_stopped || read != _reads)
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

    // Another silo has changed the reminders of a grain whose range is here.
    private async Task ReadGrainAsync(GrainId grain)
    {
        var rows = (await table.ReadRows(grain)).Reminders;
        foreach (var row in rows)
        {
            Put(row, isNew: true);
        }

        foreach (var key in _local.Keys.Where(key => key.Grain == grain && rows.All(row => !string.Equals(row.ReminderName, key.Name, StringComparison.Ordinal))).ToArray())
        {
            Drop(key);
        }
    }

    private async Task SendTickAsync(ReminderEntry entry, TickStatus status)
    {
        if (silo.Cluster is null)
        {
            var tick = new VoidMessage(entry.GrainId, new ReceiveReminder(entry.ReminderName, status));
            silo.Send(tick);
            await tick.Answer;
            return;
        }

        // The grain may be in another silo: so the call has to be one that can travel.
        await silo.GrainFactory.GetGrain<IRemindable>(entry.GrainId).ReceiveReminder(entry.ReminderName, status);
    }

    private void Put(ReminderEntry entry, bool isNew)
    {
        var key = (entry.GrainId, entry.ReminderName);
        if (_stopped || !_range.Contains(entry.GrainId) || (_local.TryGetValue(key, out var known) && string.Equals(known.ETag, entry.ETag, StringComparison.Ordinal)))
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
