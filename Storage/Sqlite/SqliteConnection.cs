using SQLitePCL;

namespace ActorShop.Storage.Sqlite;

/// <summary>One connection to the database file, used by one thread at a time.</summary>
/// <remarks>
/// Written on the bare functions of SQLite: a statement is prepared once and then bound and stepped, JSON goes in and out as the
/// bytes it already is, and the writer spends its time in SQLite and not around it.
/// </remarks>
internal sealed class SqliteConnection : IDisposable
{
    private const int KeptStatements = 256;

    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private readonly sqlite3 _handle;

    static SqliteConnection() => Batteries_V2.Init();

    private SqliteConnection(sqlite3 handle) => _handle = handle;

    /// <summary>The handle, for what has no statement.</summary>
    public sqlite3 Handle => _handle;

    /// <summary>The rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Opens the one connection that writes.</summary>
    public static SqliteConnection OpenWriter(SqliteOptions options)
    {
        var connection = Open(options, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        connection.Execute("pragma journal_mode = wal");

        // What is acknowledged survives a power cut: each commit is flushed to the device.
        connection.Execute("pragma synchronous = full");
        connection.Execute($"pragma wal_autocheckpoint = {options.CheckpointPages}");
        connection.Execute($"pragma cache_size = -{options.WriterCacheKilobytes}");
        return connection;
    }

    /// <summary>Opens a connection that cannot write.</summary>
    public static SqliteConnection OpenReader(SqliteOptions options)
    {
        var connection = Open(options, raw.SQLITE_OPEN_READONLY);
        connection.Execute($"pragma cache_size = -{options.ReaderCacheKilobytes}");
        return connection;
    }

    /// <summary>Runs a statement to its end.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<SqlValue> arguments)
    {
        var statement = Prepared(sql);
        try
        {
            statement.Bind(arguments);
            while (statement.Step())
            {
            }

            return Changes;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Runs several statements without arguments, as migrations are.</summary>
    public void ExecuteScript(string sql)
    {
        var result = raw.sqlite3_exec(_handle, sql);
        if (result != raw.SQLITE_OK)
        {
            throw SqliteFaultException.Of(_handle, result);
        }
    }

    /// <summary>All rows of a query.</summary>
    public ImmutableArray<T> Select<T>(string sql, Func<Statement, T> read, params ReadOnlySpan<SqlValue> arguments)
    {
        var statement = Prepared(sql);
        try
        {
            statement.Bind(arguments);
            var rows = ImmutableArray.CreateBuilder<T>();
            while (statement.Step())
            {
                rows.Add(read(statement));
            }

            return rows.DrainToImmutable();
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>The first row of a query; <paramref name="otherwise"/> where there is none.</summary>
    public T First<T>(string sql, Func<Statement, T> read, T otherwise, params ReadOnlySpan<SqlValue> arguments)
    {
        var statement = Prepared(sql);
        try
        {
            statement.Bind(arguments);
            return statement.Step() ? read(statement) : otherwise;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DisposeStatements();
        _handle.Dispose();
    }

    private static SqliteConnection Open(SqliteOptions options, int flags)
    {
        // No mutex: a connection is never shared between threads, it is handed from one to the next.
        var result = raw.sqlite3_open_v2(options.FullPath, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, vfs: null);
        var connection = new SqliteConnection(handle);
        if (result != raw.SQLITE_OK)
        {
            using (connection)
            {
                throw SqliteFaultException.Of(handle, result);
            }
        }

        // Nobody else writes while the shop runs, but an operator's shell or backup may hold a lock for a moment.
        _ = raw.sqlite3_busy_timeout(handle, (int)options.BusyTimeout.TotalMilliseconds);
        return connection;
    }

    // Most statements are constants; the combinations of filters are many, and must not be kept without end.
    private Statement Prepared(string sql)
    {
        if (_statements.TryGetValue(sql, out var statement))
        {
            return statement;
        }

        if (_statements.Count >= KeptStatements)
        {
            DisposeStatements();
        }

        var result = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        if (result != raw.SQLITE_OK)
        {
            throw SqliteFaultException.Of(_handle, result);
        }

        return _statements[sql] = new Statement(_handle, handle);
    }

    // Never while one of them runs: a row's reader asks nothing of its own connection.
    private void DisposeStatements()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }
}
