using ActorShop.Storage.Migrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace ActorShop.Storage.Postgres;

/// <summary>The database of a shop on a PostgreSQL server.</summary>
/// <remarks>
/// Safe from any thread. Nothing waits for a server that is away: operations fail, and later ones succeed when it is back.
/// </remarks>
internal sealed partial class PostgresDatabase : IDatabase, IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    private readonly PostgresOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _queries;
    private readonly SemaphoreSlim _starting = new(1);
    private volatile bool _isReady;

    public PostgresDatabase(
        IOptions<PostgresOptions> options, IOptions<ClusterOptions> cluster, TimeProvider clock, ILogger<PostgresDatabase> logger)
    {
        _options = options.Value;
        _logger = logger;
        _clock = clock;
        _queries = new(_options.ConcurrentQueries);
        ServiceId = cluster.Value.ServiceId;
        ConnectionString = Complete(_options);
        Source = NpgsqlDataSource.Create(ConnectionString);
        Writer = new(this, _options, logger);
        Reader = new(this, _options);
    }

    /// <summary>Whose data the tables hold.</summary>
    public string ServiceId { get; }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public PostgresWriter Writer { get; }

    public PostgresReader Reader { get; }

    /// <summary>Checks schema and settings before the first use.</summary>
    public async ValueTask ReadyAsync()
    {
        if (_isReady)
        {
            return;
        }

        await _starting.WaitAsync();
        try
        {
            if (!_isReady)
            {
                await OpenAsync(CancellationToken.None);
                _isReady = true;
            }
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

    /// <summary>Checks schema and settings, and waits for a server that is still starting.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var began = _clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await ReadyAsync();
                return;
            }
            catch (StorageUnavailableException away) when (_clock.GetElapsedTime(began) < _options.StartPatience)
            {
                LogNotYetThere(_logger, away.Message);
                await Task.Delay(pause, _clock, cancellationToken);
            }
        }
    }

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

    public Task<EntityRow?> ReadEntityAsync(string stateName, string key) => Reader.ReadAsync(stateName, key);

    public Task<EntityWrite.Outcome> WriteEntityAsync(EntityWrite write) => Writer.WriteAsync(write);

    public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> read) => ReadRowsAsync(connection => read(new PostgresSession(connection)));

    public Task<T> ReadRowsAsync<T>(Func<NpgsqlConnection, Task<T>> read) => ExecuteAsync(read, PostgresFaults.OfRead);

    public async Task<T> QueryAsync<T>(Func<DbSession, Task<T>> query)
    {
        await _queries.WaitAsync();
        try
        {
            return await ReadRowsAsync(async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
                return await query(new PostgresSession(connection));
            });
        }
        finally
        {
            _queries.Release();
        }
    }

    public Task<T> ChangeAsync<T>(Func<DbSession, Task<T>> change) => ExecuteAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync();
            var result = await change(new PostgresSession(connection));
            await transaction.CommitAsync();
            return result;
        },
        PostgresFaults.OfWrite);

    public Task<T> ChangeAsync<TRead, T>(Func<DbSession, Task<TRead>> read, Func<DbSession, TRead, Task<T>> change) =>
        ChangeAsync(async session => await change(session, await read(session)));

    /// <summary>Writes what is queued and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Reader.DisposeAsync();
        await Source.DisposeAsync();
        _queries.Dispose();
        _starting.Dispose();
    }

    private async Task<T> ExecuteAsync<T>(Func<NpgsqlConnection, Task<T>> work, Func<Exception, Exception> faultOf)
    {
        await ReadyAsync();
        await using var connection = await ConnectAsync();
        try
        {
            return await work(connection);
        }
        catch (Exception failure) when (PostgresFaults.IsOfDatabase(failure))
        {
            var fault = faultOf(failure);
            if (fault is not StorageFaultException)
            {
                // The connections in the pool are probably lost too, and would each fail one more caller.
                Source.Clear();
            }

            throw fault;
        }
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

        // No statement of the shop changes the settings of a session.
        Default("No Reset On Close", true);
        return builder.ConnectionString;
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
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
        var session = new PostgresSession(connection);
        await CheckSettingsAsync(session);
        await ClaimAsync(session);
    }

    private async Task CheckSettingsAsync(DbSession session)
    {
        var off = await session.SelectAsync(
            $"select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name",
            static row => row.Text(0));
        if (off.IsEmpty)
        {
            return;
        }

        var names = string.Join(", ", off);
        if (!_options.AllowLoss)
        {
            throw new OrleansConfigurationException(
                $"The server can lose what it acknowledged: {names} off. Switch it on, or allow it by {PostgresOptions.Section}:{nameof(PostgresOptions.AllowLoss)}.");
        }

        LogLossAllowed(_logger, names);
    }

    // The tables name a stream by its key alone, so they hold the streams of one service.
    private async Task ClaimAsync(DbSession session)
    {
        var owner = await session.FirstAsync(
            $"with claimed as (insert into service (id) values ({ServiceId}) on conflict do nothing returning id) select id from claimed union all select id from service",
            static row => row.Text(0),
            otherwise: ServiceId);
        if (!string.Equals(owner, ServiceId, StringComparison.Ordinal))
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
