using System.Globalization;

namespace ActorShop.Simulation.Shop;

/// <summary>The reminders, which outlive every machine.</summary>
internal sealed class ReminderTable
{
    private long _versions;

    public SortedDictionary<string, ReminderEntry> Rows { get; } = new(StringComparer.Ordinal);

    public string NextVersion() => (++_versions).ToString(CultureInfo.InvariantCulture);

    public static string KeyOf(GrainId grain, string name) => $"{grain} {name}";
}

/// <summary>A machine's way to the table of reminders.</summary>
internal sealed class RemindersLink(ReminderTable table, Wire wire) : IReminderTable
{
    /// <inheritdoc/>
    public Task<ReminderTableData> ReadRows(GrainId grainId) => SelectAsync(row => row.GrainId == grainId);

    /// <inheritdoc/>
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => SelectAsync(row =>
        row.GrainId.GetUniformHashCode() is var hash && (begin < end ? hash > begin && hash <= end : hash > begin || hash <= end));

    /// <inheritdoc/>
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => wire.AskAsync(
        () => table.Rows.TryGetValue(ReminderTable.KeyOf(grainId, reminderName), out var row) ? CopyOf(row) : null);

    /// <inheritdoc/>
    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        var copy = CopyOf(entry);
        return wire.AskAsync(() =>
        {
            copy.ETag = table.NextVersion();
            table.Rows[ReminderTable.KeyOf(copy.GrainId, copy.ReminderName)] = copy;
            return (string?)copy.ETag;
        });
    }

    /// <inheritdoc/>
    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => wire.AskAsync(() =>
        table.Rows.TryGetValue(ReminderTable.KeyOf(grainId, reminderName), out var row)
        && string.Equals(row.ETag, eTag, StringComparison.Ordinal)
        && table.Rows.Remove(ReminderTable.KeyOf(grainId, reminderName)));

    /// <inheritdoc/>
    public Task TestOnlyClearTable() => throw new NotSupportedException();

    private Task<ReminderTableData> SelectAsync(Func<ReminderEntry, bool> which) =>
        wire.AskAsync(() => new ReminderTableData(table.Rows.Values.Where(which).Select(CopyOf)));

    private static ReminderEntry CopyOf(ReminderEntry row) => new()
    {
        GrainId = row.GrainId,
        ReminderName = row.ReminderName,
        StartAt = row.StartAt,
        Period = row.Period,
        ETag = row.ETag,
    };
}
