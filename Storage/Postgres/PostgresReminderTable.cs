using System.Globalization;
using Npgsql;

namespace ActorShop.Storage.Postgres;

/// <summary>Keeps reminders, in the rows of Orleans' ADO.NET table. The version of a row is its ETag, counted from 0.</summary>
internal sealed class PostgresReminderTable(PostgresDatabase database) : IReminderTable
{
    /// <inheritdoc/>
    public async Task<ReminderTableData> ReadRows(GrainId grainId) =>
        new(await ReadAsync("ReadReminderRowsKey", ("GrainId", grainId.ToString())));

    /// <inheritdoc/>
    // The table has hashes as signed numbers, and it is as such that the ends of a range are compared.
    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var (from, to) = unchecked(((int)begin, (int)end));
        return new(await ReadAsync(from < to ? "ReadRangeRows1Key" : "ReadRangeRows2Key", ("BeginHash", from), ("EndHash", to)));
    }

    /// <inheritdoc/>
    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await ReadAsync("ReadReminderRowKey", ("GrainId", grainId.ToString()), ("ReminderName", reminderName))).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var version = await ChangeAsync(
            "UpsertReminderRowKey",
            ("GrainHash", unchecked((int)entry.GrainId.GetUniformHashCode())),
            ("GrainId", entry.GrainId.ToString()),
            ("ReminderName", entry.ReminderName),
            ("StartTime", DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)),
            ("Period", (long)entry.Period.TotalMilliseconds));
        return version.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        int.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        && await ChangeAsync("DeleteReminderRowKey", ("GrainId", grainId.ToString()), ("ReminderName", reminderName), ("Version", version)) > 0;

    /// <inheritdoc/>
    public Task TestOnlyClearTable() => ChangeAsync("DeleteReminderRowsKey");

    private static ReminderEntry Entry(NpgsqlDataReader row) => new()
    {
        GrainId = GrainId.Parse(row.GetString(row.GetOrdinal("GrainId")), CultureInfo.InvariantCulture),
        ReminderName = row.GetString(row.GetOrdinal("ReminderName")),
        StartAt = row.GetDateTime(row.GetOrdinal("StartTime")),
        Period = TimeSpan.FromMilliseconds(row.GetInt64(row.GetOrdinal("Period"))),
        ETag = row.GetInt32(row.GetOrdinal("Version")).ToString(CultureInfo.InvariantCulture),
    };

    private Task<List<ReminderEntry>> ReadAsync(string query, params (string Name, object? Value)[] parameters) =>
        database.ReadAsync(async (statements, connection) =>
        {
            await using var command = statements.Command(connection, query, [("ServiceId", database.ServiceId), .. parameters]);
            await using var reader = await command.ExecuteReaderAsync();
            var entries = new List<ReminderEntry>();
            while (await reader.ReadAsync())
            {
                entries.Add(Entry(reader));
            }

            return entries;
        });

    private Task<int> ChangeAsync(string query, params (string Name, object? Value)[] parameters) =>
        database.WriteAsync(async (statements, connection) =>
        {
            await using var command = statements.Command(connection, query, [("ServiceId", database.ServiceId), .. parameters]);
            return await command.ExecuteScalarAsync() as int? ?? 0;
        });
}
