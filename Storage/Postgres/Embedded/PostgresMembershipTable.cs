using System.Globalization;
using System.Net;
using ActorShop.Runtime.Membership;
using Npgsql;

namespace ActorShop.Storage.Postgres.Embedded;

/// <summary>Membership and leases in the rows of Orleans' ADO.NET clustering, by its statements and two of our own.</summary>
/// <remarks>
/// Connections of its own, so that a renewal never waits behind the shop's work, and short time-outs: a renewal that comes late is worth
/// nothing. Safe from any thread.
/// </remarks>
internal sealed class PostgresMembershipTable : IMembershipTable, ILeaseTable, IAsyncDisposable
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.fff 'GMT'";

    private readonly PostgresDatabase _database;
    private readonly NpgsqlDataSource _source;

    public PostgresMembershipTable(PostgresDatabase database)
    {
        _database = database;
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            ApplicationName = "actorshop membership",
            MaxPoolSize = 4,
            Timeout = 2,
            CommandTimeout = 2,
        });
    }

    /// <inheritdoc/>
    public Task InitializeMembershipTable(bool tryInitTableVersion) =>
        tryInitTableVersion ? ChangeAsync("InsertMembershipVersionKey") : CheckAsync();

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) =>
        ExecuteAsync("DeleteMembershipTableEntriesKey", static command => command.ExecuteNonQueryAsync(), PostgresFaults.OfWrite, ("DeploymentId", clusterId));

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        ChangeAsync("CleanupDefunctSiloEntriesKey", ("IAmAliveTime", beforeDate.UtcDateTime));

    /// <inheritdoc/>
    public async Task<MembershipTableData> ReadRow(SiloAddress key) => (await ReadAsync("MembershipReadRowKey", Of(key))).Members;

    /// <inheritdoc/>
    public async Task<MembershipTableData> ReadAll() => (await ReadAllAsync()).Members;

    /// <inheritdoc/>
    public Task<LeaseTableData> ReadAllAsync() => ReadAsync("MembershipReadAllKey");

    /// <inheritdoc/>
    public async Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => await ChangeAsync(
        "InsertMembershipKey",
        [
            .. Of(entry.SiloAddress),
            ("IAmAliveTime", Utc(entry.IAmAliveTime)),
            ("SiloName", entry.SiloName),
            ("HostName", entry.HostName),
            ("StartTime", Utc(entry.StartTime)),
            ("Status", (int)entry.Status),
            ("ProxyPort", entry.ProxyPort),
            ("Version", VersionOf(tableVersion)),
        ]) > 0;

    /// <inheritdoc/>
    public async Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => await ChangeAsync(
        "UpdateMembershipKey",
        [
            .. Of(entry.SiloAddress),
            ("IAmAliveTime", Utc(entry.IAmAliveTime)),
            ("Status", (int)entry.Status),
            ("SuspectTimes", TextOf(entry.SuspectTimes)),
            ("Version", VersionOf(tableVersion)),
        ]) > 0;

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry) =>
        ChangeAsync("UpdateIAmAlivetimeKey", [.. Of(entry.SiloAddress), ("IAmAliveTime", Utc(entry.IAmAliveTime))]);

    /// <inheritdoc/>
    public async Task<bool> RenewAsync(SiloAddress silo, DateTime now) =>
        await ChangeAsync("ActorShopRenewLeaseKey", [.. Of(silo), ("IAmAliveTime", Utc(now))]) > 0;

    /// <inheritdoc/>
    public async Task<bool> DeclareDeadAsync(SiloAddress silo, long renewal, SiloAddress declaredBy, DateTime now) => await ChangeAsync(
        "ActorShopDeclareDeadKey",
        [.. Of(silo), ("Renewals", renewal), ("Suspect", TextOf([Tuple.Create(declaredBy, now)]))]) > 0;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static (string Name, object? Value)[] Of(SiloAddress silo) =>
        [("Address", silo.Endpoint.Address.ToString()), ("Port", silo.Endpoint.Port), ("Generation", silo.Generation)];

    // A change is conditional on the version that was read, which is the tag.
    private static int VersionOf(TableVersion version) => int.Parse(version.VersionEtag, NumberStyles.None, CultureInfo.InvariantCulture);

    private static DateTime Utc(DateTime moment) => DateTime.SpecifyKind(moment, DateTimeKind.Utc);

    private static string? TextOf(List<Tuple<SiloAddress, DateTime>>? suspicions) => suspicions is null
        ? null
        : string.Join('|', suspicions.Select(static s =>
            $"{s.Item1.ToParsableString()},{s.Item2.ToString(TimeFormat, CultureInfo.InvariantCulture)}"));

    private static List<Tuple<SiloAddress, DateTime>>? SuspicionsOf(string? text) => text?
        .Split('|', StringSplitOptions.RemoveEmptyEntries)
        .Select(static suspicion => suspicion.Split(','))
        .Select(static parts => Tuple.Create(
            SiloAddress.FromParsableString(parts[0]),
            DateTime.ParseExact(parts[1], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)))
        .ToList();

    private static MembershipEntry? Entry(NpgsqlDataReader row) => row.IsDBNull(row.GetOrdinal("StartTime")) ? null : new()
    {
        SiloAddress = SiloAddress.New(
            IPAddress.Parse(row.GetString(row.GetOrdinal("Address"))), row.GetInt32(row.GetOrdinal("Port")), row.GetInt32(row.GetOrdinal("Generation"))),
        SiloName = row.GetString(row.GetOrdinal("SiloName")),
        HostName = row.GetString(row.GetOrdinal("HostName")),
        Status = (SiloStatus)row.GetInt32(row.GetOrdinal("Status")),
        ProxyPort = row.GetInt32(row.GetOrdinal("ProxyPort")),
        SuspectTimes = SuspicionsOf(row.TextOrNull(row.GetOrdinal("SuspectTimes"))),
        StartTime = row.GetDateTime(row.GetOrdinal("StartTime")),
        IAmAliveTime = row.GetDateTime(row.GetOrdinal("IAmAliveTime")),
    };

    private async Task CheckAsync() => await _database.StatementsAsync();

    private Task<LeaseTableData> ReadAsync(string query, params (string Name, object? Value)[] parameters) => ExecuteAsync(
        query,
        static async command =>
        {
            await using var reader = await command.ExecuteReaderAsync();
            var version = 0;
            var members = new List<Tuple<MembershipEntry, string>>();
            var renewals = new Dictionary<SiloAddress, long>();
            while (await reader.ReadAsync())
            {
                version = reader.GetInt32(reader.GetOrdinal("Version"));
                if (Entry(reader) is { } entry)
                {
                    members.Add(Tuple.Create(entry, string.Empty));
                    renewals.Add(entry.SiloAddress, reader.GetInt64(reader.GetOrdinal("Renewals")));
                }
            }

            return new LeaseTableData(new(members, new(version, version.ToString(CultureInfo.InvariantCulture))), renewals);
        },
        PostgresFaults.OfRead,
        [("DeploymentId", _database.ClusterId), .. parameters]);

    private Task<int> ChangeAsync(string query, params (string Name, object? Value)[] parameters) => ExecuteAsync(
        query,
        static async command => await command.ExecuteScalarAsync() as int? ?? 0,
        PostgresFaults.OfWrite,
        [("DeploymentId", _database.ClusterId), .. parameters]);

    private async Task<T> ExecuteAsync<T>(
        string query, Func<NpgsqlCommand, Task<T>> execute, Func<Exception, Exception> faultOf, params (string Name, object? Value)[] parameters)
    {
        var statements = await _database.StatementsAsync();
        await using var connection = await ConnectAsync();
        try
        {
            await using var command = statements.Command(connection, query, parameters);
            return await execute(command);
        }
        catch (Exception failure) when (PostgresFaults.IsOfDatabase(failure))
        {
            var fault = faultOf(failure);
            if (fault is not PostgresFaultException)
            {
                // The others were most likely lost with it, and the next renewal must not find that out one by one.
                _source.Clear();
            }

            throw fault;
        }
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        try
        {
            return await _source.OpenConnectionAsync();
        }
        catch (Exception failure) when (PostgresFaults.IsOfDatabase(failure))
        {
            throw PostgresFaults.OfRead(failure);
        }
    }
}
