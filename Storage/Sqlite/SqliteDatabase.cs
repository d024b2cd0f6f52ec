using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Storage.Sqlite;

/// <summary>The open database: one writer, and readers beside it. Opening it brings its schema up to date.</summary>
/// <remarks>One process at a time: any other is refused when it opens the database.</remarks>
internal sealed class SqliteDatabase : IDatabase, IDisposable
{
    private readonly SqliteOptions _options;
    private readonly DatabaseLock _lock;
    private readonly SemaphoreSlim _queries;

    // A session keeps its prepared statements, so a reader is used again.
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private volatile bool _closed;

    /// <summary>Opens the database, and creates it where there is none.</summary>
    /// <exception cref="OrleansConfigurationException">
    /// Another process has it, a newer version of the program wrote it, or the file cannot be opened as a database.
    /// </exception>
    public SqliteDatabase(IOptions<SqliteOptions> options, ILogger<SqliteDatabase> logger)
    {
        _options = options.Value;
        SqliteSession? session = null;
        try
        {
            _lock = DatabaseLock.Take(_options.FullPath);
            Protect(_options.FullPath);
            session = SqliteSession.OpenWriter(_options);
            SqliteSchema.Apply(session, _options.FullPath, SqliteSchema.Version);
        }
        catch (Exception fault)
        {
            session?.Dispose();
            _lock?.Dispose();
            if (fault is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw new OrleansConfigurationException($"{_options.FullPath} cannot be opened as the database: {fault.Message}", fault);
            }

            throw;
        }

        Writer = new(session, _options, logger);
        _queries = new(_options.ConcurrentQueries);
    }

    public SqliteWriter Writer { get; }

    public Task<EntityRow?> ReadEntityAsync(string stateName, string key) => Task.FromResult(Read(session =>
    {
        using var row = session.Prepared(
            "select version, sequence, head from grain_state where state_name = @state and key = @key", ("@state", stateName), ("@key", key)).ExecuteReader();
        return row.Read() ? new EntityRow(row.GetInt32(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2)) : null;
    }));

    public Task<EntityWrite.Outcome> WriteEntityAsync(EntityWrite write) => Writer.RunAsync(session => EntityStatements.Write(session, write));

    // On the thread of the caller, which is quicker than to go to another one.
    public Task<T> ReadAsync<T>(Func<DbSession, Task<T>> read) => Task.FromResult(Read(session => Result(read(session))));

    public async Task<T> QueryAsync<T>(Func<DbSession, Task<T>> query)
    {
        await _queries.WaitAsync();
        try
        {
            return await Task.Run(() => Read(session =>
            {
                session.Execute("begin");
                try
                {
                    return Result(query(session));
                }
                finally
                {
                    session.Execute("rollback");
                }
            }));
        }
        finally
        {
            _queries.Release();
        }
    }

    public Task<T> ChangeAsync<T>(Func<DbSession, Task<T>> change) => Writer.RunAsync(session => Result(change(session)));

    public async Task<T> ChangeAsync<TRead, T>(Func<DbSession, Task<TRead>> read, Func<DbSession, TRead, Task<T>> change)
    {
        var found = await QueryAsync(read);
        return await ChangeAsync(session => change(session, found));
    }

    /// <summary>Writes what is queued and closes the file.</summary>
    public void Dispose()
    {
        _closed = true;
        Writer.Dispose();
        DisposeReaders();
        _queries.Dispose();
        _lock.Dispose();
    }

    // SQLite gives its other files the rights of the database file. Those of a killed process are still there.
    private static void Protect(string path)
    {
        PrivateFile.Open(path, FileShare.ReadWrite).Dispose();
        PrivateFile.Protect($"{path}-wal");
        PrivateFile.Protect($"{path}-shm");
    }

    // What waits for SQLite alone is complete when it returns.
    private static T Result<T>(Task<T> task) => task.IsCompleted
        ? task.GetAwaiter().GetResult()
        : throw new InvalidOperationException("Work in a SQLite session must not wait for anything else.");

    private T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        try
        {
            var session = _readers.TryTake(out var kept) ? kept : SqliteSession.OpenReader(_options);
            try
            {
                var result = read(session);
                _readers.Add(session);
                session = null;
                return result;
            }
            finally
            {
                // After a fault, the state of the session is unknown.
                session?.Dispose();
                if (_closed)
                {
                    DisposeReaders();
                }
            }
        }
        catch (SqliteException refused)
        {
            throw SqliteFaults.OfRead(refused);
        }
    }

    private void DisposeReaders()
    {
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
