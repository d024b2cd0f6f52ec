using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Timers;

namespace ActorShop.Simulation;

/// <summary>The reminders of one silo: it reads the table every 20 seconds, and calls the grains of its part that are due.</summary>
internal sealed class SimulatedReminders(SiloRuntime runtime) : IReminderRegistry
{
    private static readonly TimeSpan ReadPeriod = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, DateTimeOffset> _lastTicks = new(StringComparer.Ordinal);

    private IReminderTable Table => runtime.Services.GetRequiredService<IReminderTable>();

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        var entry = new ReminderEntry
        {
            GrainId = callingGrainId,
            ReminderName = reminderName,
            StartAt = (runtime.Time.GetUtcNow() + dueTime).UtcDateTime,
            Period = period,
        };
        return new Reminder(reminderName, await Table.UpsertRow(entry));
    }

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder) =>
        Table.RemoveRow(callingGrainId, reminder.ReminderName, ((Reminder)reminder).ETag!);

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        await Table.ReadRow(callingGrainId, reminderName) is { } row ? new Reminder(row.ReminderName, row.ETag) : null;

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        [.. (await Table.ReadRows(callingGrainId)).Reminders.Select(static row => new Reminder(row.ReminderName, row.ETag))];

    public async Task RunAsync()
    {
        if (runtime.Services.GetService<IReminderTable>() is null)
        {
            return;
        }

        while (!runtime.Process.IsDead)
        {
            try
            {
                var rows = await Table.ReadRows(0, 0);
                foreach (var row in rows.Reminders.OrderBy(static row => $"{row.GrainId} {row.ReminderName}", StringComparer.Ordinal))
                {
                    TickIfDue(row);
                }
            }
            catch (IOException)
            {
                // The next round reads again.
            }

            await Task.Delay(ReadPeriod, runtime.Time);
        }
    }

    private void TickIfDue(ReminderEntry row)
    {
        var now = runtime.Time.GetUtcNow();
        var key = string.Create(CultureInfo.InvariantCulture, $"{row.GrainId} {row.ReminderName}");
        if (runtime.Cluster.Directory.OwnerOf(row.GrainId) != runtime.Process.Number || now.UtcDateTime < row.StartAt
            || (_lastTicks.TryGetValue(key, out var last) && now - last < row.Period))
        {
            return;
        }

        _lastTicks[key] = now;
        var grain = runtime.GrainFactory.GetGrain<IRemindable>(row.GrainId);
        _ = IgnoreFaultsAsync(grain.ReceiveReminder(row.ReminderName, new TickStatus(row.StartAt, row.Period, now.UtcDateTime)));
    }

    private async Task IgnoreFaultsAsync(Task tick)
    {
        try
        {
            await tick;
        }
        catch (Exception)
        {
            // Orleans logs it, and the next tick comes.
            runtime.Cluster.LoggedFaults++;
        }
    }

    private sealed record Reminder(string ReminderName, string? ETag) : IGrainReminder;
}
