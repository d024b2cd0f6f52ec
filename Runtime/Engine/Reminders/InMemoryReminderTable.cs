using System.Globalization;
using ActorShop.Runtime.Hosting;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Reminders;

/// <summary>Keeps reminders in memory: they end with the process. Safe from any thread.</summary>
internal sealed class InMemoryReminderTable(EngineLimits limits) : IReminderTable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(GrainId Grain, string Name), ReminderEntry> _rows = new(ByGrainAndName.Instance);
    private long _versions;

    /// <inheritdoc/>
    public Task<ReminderTableData> ReadRows(GrainId grainId) => Select(row => row.GrainId == grainId);

    /// <inheritdoc/>
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Select(row =>
        row.GrainId.GetUniformHashCode() is var hash && (begin < end ? hash > begin && hash <= end : hash > begin || hash <= end));

    /// <inheritdoc/>
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        lock (_lock)
        {
            return Task.FromResult(_rows.TryGetValue((grainId, reminderName), out var row) ? CopyOf(row) : null);
        }
    }

    /// <inheritdoc/>
    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        lock (_lock)
        {
            var key = (entry.GrainId, entry.ReminderName);
            if (_rows.Count >= limits.MaxMemoryReminders && !_rows.ContainsKey(key))
            {
                throw new LimitExceededException(
                    nameof(EngineLimits.MaxMemoryReminders), _rows.Count, limits.MaxMemoryReminders, entry.GrainId);
            }

            var row = CopyOf(entry);
            row.ETag = (++_versions).ToString(CultureInfo.InvariantCulture);
            _rows[key] = row;
            return Task.FromResult<string?>(row.ETag);
        }
    }

    /// <inheritdoc/>
    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        lock (_lock)
        {
            return Task.FromResult(
                _rows.TryGetValue((grainId, reminderName), out var row)
                && string.Equals(row.ETag, eTag, StringComparison.Ordinal)
                && _rows.Remove((grainId, reminderName)));
        }
    }

    /// <inheritdoc/>
    public Task TestOnlyClearTable()
    {
        lock (_lock)
        {
            _rows.Clear();
            return Task.CompletedTask;
        }
    }

    private static ReminderEntry CopyOf(ReminderEntry row) => new()
    {
        GrainId = row.GrainId,
        ReminderName = row.ReminderName,
        StartAt = row.StartAt,
        Period = row.Period,
        ETag = row.ETag,
    };

    private Task<ReminderTableData> Select(Func<ReminderEntry, bool> which)
    {
        lock (_lock)
        {
            return Task.FromResult(new ReminderTableData(_rows.Values.Where(which).Select(CopyOf)));
        }
    }

    private sealed class ByGrainAndName : IComparer<(GrainId Grain, string Name)>
    {
        public static ByGrainAndName Instance { get; } = new();

        public int Compare((GrainId Grain, string Name) x, (GrainId Grain, string Name) y)
        {
            var byGrain = x.Grain.CompareTo(y.Grain);
            return byGrain != 0 ? byGrain : string.CompareOrdinal(x.Name, y.Name);
        }
    }
}
