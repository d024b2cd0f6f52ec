using System.Globalization;

namespace ActorShop.Storage.Sqlite;

/// <summary>Keeps reminders. The version of a row is its ETag, counted from 1.</summary>
internal sealed class SqliteReminderTable(SqliteDatabase database) : IReminderTable
{
    private const string Columns = "grain_id, name, start_at, period, version";

    /// <inheritdoc/>
    public Task<ReminderTableData> ReadRows(GrainId grainId) =>
        Rows($"select {Columns} from reminders where grain_id = ?1", grainId.ToString());

    /// <inheritdoc/>
    // Where the range wraps, or begins where it ends, it is what lies above the one and below the other: all of the ring.
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => begin < end
        ? Rows($"select {Columns} from reminders where hash > ?1 and hash <= ?2", begin, end)
        : Rows($"select {Columns} from reminders where hash > ?1 or hash <= ?2", begin, end);

    /// <inheritdoc/>
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        Task.FromResult(database.Readers.Read(connection => connection.First<ReminderEntry?>(
            $"select {Columns} from reminders where grain_id = ?1 and name = ?2", Entry, otherwise: null, grainId.ToString(), reminderName)));

    /// <inheritdoc/>
    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        SqlValue grainId = entry.GrainId.ToString();
        var hash = entry.GrainId.GetUniformHashCode();
        var startAt = new DateTimeOffset(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc));
        var version = await database.Writer.RunAsync(connection =>
        {
            connection.Execute(
                "insert into reminders (grain_id, name, hash, start_at, period, version) values (?1, ?2, ?3, ?4, ?5, 1) "
                + "on conflict do update set start_at = excluded.start_at, period = excluded.period, version = version + 1",
                grainId,
                entry.ReminderName,
                hash,
                startAt,
                entry.Period.Ticks);
            return connection.First(
                "select version from reminders where grain_id = ?1 and name = ?2",
                static row => row.Integer(0),
                otherwise: 0,
                grainId,
                entry.ReminderName);
        });
        return Etag(version);
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        long.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        && await database.Writer.RunAsync(connection => connection.Execute(
            "delete from reminders where grain_id = ?1 and name = ?2 and version = ?3", grainId.ToString(), reminderName, version)) == 1;

    /// <inheritdoc/>
    public Task TestOnlyClearTable() => database.Writer.RunAsync(static connection => connection.Execute("delete from reminders"));

    private Task<ReminderTableData> Rows(string sql, params SqlValue[] arguments) =>
        Task.FromResult(new ReminderTableData(database.Readers.Read(connection => connection.Select(sql, Entry, arguments))));

    private static ReminderEntry Entry(Statement row) => new()
    {
        GrainId = GrainId.Parse(row.Text(0), CultureInfo.InvariantCulture),
        ReminderName = row.Text(1),
        StartAt = row.Moment(2).UtcDateTime,
        Period = TimeSpan.FromTicks(row.Integer(3)),
        ETag = Etag(row.Integer(4)),
    };

    private static string Etag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
