using ActorShop.Storage.Migrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace ActorShop.Storage.Postgres;

/// <summary>The database of a shop: its connections, its writer, and the statements that are stored in it.</summary>
/// <remarks>
/// Safe from any thread. Nothing waits for a database that is away: operations fail, and those that come when it is back succeed.
/// </remarks>
internal sealed partial class PostgresDatabase : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    private readonly PostgresOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _queries;
    private readonly SemaphoreSlim _starting = new(1);
    private volatile OrleansQueries? _statements;

    /// <summary>Connects to nothing yet.</summary>
    public PostgresDatabase(
        IOptions<PostgresOptions> options, IOptions<ClusterOptions> cluster, TimeProvider clock, ILogger<PostgresDatabase> logger)
    {
        _options = options.Value;
        _logger = logger;
        _clock = clock;
        _queries = new(_options.ConcurrentQueries);
        ServiceId = cluster.Value.ServiceId;
        ClusterId = cluster.Value.ClusterId;
        ConnectionString = Complete(_options);
        Source = NpgsqlDataSource.Create(ConnectionString);
        Writer = new(this, _options, logger);
        Reader = new(this, _options);
    }

    /// <summary>Whose data the tables hold.</summary>
    public string ServiceId { get; }

    /// <summary>Which silos are of one cluster.</summary>
    public string ClusterId { get; }

    /// <summary>How the connections are made.</summary>
    public string ConnectionString { get; }

    /// <summary>The connections.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>The one that writes the states of grains.</summary>
    public PostgresWriter Writer { get; }

    /// <summary>The one that reads them.</summary>
    public PostgresReader Reader { get; }

    /// <summary>The statements, read when the first of them is wanted.</summary>
    /// <exception cref="OrleansConfigurationException">The schema or the settings of the server are not as they must be.</exception>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async ValueTask<OrleansQueries> StatementsAsync()
    {
        if (_statements is { } known)
        {
            return known;
        }

        await _starting.WaitAsync();
        try
        {
            return _statements ??= await OpenAsync(CancellationToken.None);
        }
        catch (Exception failure) when (PostgresFaults.IsOfDatabase(failure))
        {
            throw PostgresFaults.OfRead(failure);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Checks schema and settings, and waits a while for a database that is still starting itself.</summary>
    /// <exception cref="OrleansConfigurationException">The schema or the settings of the server are not as they must be.</exception>
    /// <exception cref="StorageUnavailableException">The database did not answer in time.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var began = _clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await StatementsAsync();
                return;
            }
            catch (StorageUnavailableException away) when (_clock.GetElapsedTime(began) < _options.StartPatience)
            {
                LogNotYetThere(_logger, away.Message);
                await Task.Delay(pause, _clock, cancellationToken);
            }
        }
    }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="StorageUnavailableException">The database does not answer.</exception>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        try
        {
            return await Source.OpenConnectionAsync();
        }
        catch (Exception failure) when (PostgresFaults.IsOfDatabase(failure))
        {
            throw PostgresFaults.OfRead(failure);
        }
    }

    /// <summary>Executes what changes nothing.</summary>
    public async Task<T> ReadAsync<T>(Func<OrleansQueries, NpgsqlConnection, Task<T>> read)
    {
        var statements = await StatementsAsync();
        await using var connection = await ConnectAsync();
        try
        {
            return await read(statements, connection);
        }
        catch (Exception failure) when (PostgresFaults.IsOfDatabase(failure))
        {
            throw Noted(PostgresFaults.OfRead(failure));
        }
    }

    /// <summary>Executes what changes something.</summary>
    /// <exception cref="OutcomeUnknownException">The connection was lost meanwhile.</exception>
    public async Task<T> WriteAsync<T>(Func<OrleansQueries, NpgsqlConnection, Task<T>> write)
    {
        var statements = await StatementsAsync();
        await using var connection = await ConnectAsync();
        try
        {
            return await write(statements, connection);
        }
        catch (Exception failure) when (PostgresFaults.IsOfDatabase(failure))
        {
            throw Noted(PostgresFaults.OfWrite(failure));
        }
    }

    /// <summary>Reads some rows.</summary>
    public Task<ImmutableArray<T>> SelectAsync<T>(string sql, Func<NpgsqlDataReader, T> row, params object?[] values) =>
        ReadAsync((_, connection) => PostgresQuestion.SelectAsync(connection, sql, row, values));

    /// <summary>Answers a question that may take long; only so many at a time.</summary>
    /// <remarks>All statements of the question see the same state of the database.</remarks>
    public async Task<T> QueryAsync<T>(Func<PostgresQuestion, Task<T>> query)
    {
        await _queries.WaitAsync();
        try
        {
            return await ReadAsync(async (_, connection) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
                return await query(new PostgresQuestion(connection));
            });
        }
        finally
        {
            _queries.Release();
        }
    }

    /// <summary>Changes the database in one transaction.</summary>
    public Task<T> ChangeAsync<T>(Func<PostgresQuestion, Task<T>> change) => WriteAsync(async (_, connection) =>
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await change(new PostgresQuestion(connection));
        await transaction.CommitAsync();
        return result;
    });

    /// <summary>Writes what is queued and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Reader.DisposeAsync();
        await Source.DisposeAsync();
        _queries.Dispose();
        _starting.Dispose();
    }

    // Where one connection is lost those that wait in the pool most likely are too, and would each fail one more caller.
    private Exception Noted(Exception fault)
    {
        if (fault is not PostgresFaultException)
        {
            Source.Clear();
        }

        return fault;
    }

    private static string Complete(PostgresOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        var stated = new NpgsqlConnectionStringBuilder(options.ConnectionString).Keys;
        void Default(string keyword, object value)
        {
            if (!stated.Contains(keyword))
            {
                builder[keyword] = value;
            }
        }

        Default("Application Name", "actorshop");
        Default("Maximum Pool Size", options.Connections);
        Default("Max Auto Prepare", 100);
        Default("Auto Prepare Min Usages", 2);

        // Nothing here leaves anything behind in a session.
        Default("No Reset On Close", true);
        return builder.ConnectionString;
    }

    private async Task<OrleansQueries> OpenAsync(CancellationToken cancellationToken)
    {
        var migrator = new SchemaMigrator(Source);
        try
        {
            if (_options.MigrateAtStart)
            {
                await migrator.MigrateAsync(migration => LogMigrated(_logger, migration), cancellationToken);
            }

            var status = await migrator.GetStatusAsync(cancellationToken);
            if (!status.IsCurrent)
            {
                throw new OrleansConfigurationException(
                    status.Trouble ?? $"The schema of the database is not up to date: {status.Pending.Length} migrations are pending, from {status.Pending[0]} on. Run: database migrate.");
            }
        }
        catch (SchemaException trouble)
        {
            throw new OrleansConfigurationException(trouble.Message, trouble);
        }

        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        await CheckSettingsAsync(connection);
        await ClaimAsync(connection);
        return new OrleansQueries(await PostgresQuestion.SelectAsync(
            connection, "select QueryKey, QueryText from OrleansQuery", static row => (row.GetString(0), row.GetString(1))));
    }

    private async Task CheckSettingsAsync(NpgsqlConnection connection)
    {
        var settings = (await PostgresQuestion.SelectAsync(
            connection,
            "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')",
            static row => (Name: row.GetString(0), Value: row.GetString(1)))).Where(static s => s.Value is "off").Select(static s => s.Name).Order(StringComparer.Ordinal).ToArray();
        if (settings.Length == 0)
        {
            return;
        }

        var names = string.Join(", ", settings);
        if (!_options.AllowLoss)
        {
            throw new OrleansConfigurationException(
                $"The server can lose what it acknowledged: {names} off. Switch it on, or allow it by {PostgresOptions.Section}:{nameof(PostgresOptions.AllowLoss)}.");
        }

        LogLossAllowed(_logger, names);
    }

    // Streams are named by keys alone, so the tables hold the streams of one service.
    private async Task ClaimAsync(NpgsqlConnection connection)
    {
        var owner = (await PostgresQuestion.SelectAsync(
            connection,
            "with claimed as (insert into service (id) values ($1) on conflict do nothing returning id) select id from claimed union all select id from service",
            static row => row.GetString(0),
            ServiceId)).FirstOrDefault();
        if (owner is not null && !string.Equals(owner, ServiceId, StringComparison.Ordinal))
        {
            throw new OrleansConfigurationException(
                $"The database belongs to the service \"{owner}\", and this is \"{ServiceId}\": a database holds one service.");
        }
    }

    [LoggerMessage(3100, LogLevel.Warning, "The database does not answer yet: {Reason}")]
    private static partial void LogNotYetThere(ILogger logger, string reason);

    [LoggerMessage(3101, LogLevel.Information, "Applied migration {Migration}")]
    private static partial void LogMigrated(ILogger logger, Migration migration);

    [LoggerMessage(3102, LogLevel.Warning, "The server can lose what it acknowledged: {Settings} off")]
    private static partial void LogLossAllowed(ILogger logger, string settings);
}
