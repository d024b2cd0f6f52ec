using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ActorShop.Storage.Sqlite;

/// <summary>An open connection to the database file.</summary>
/// <remarks>
/// It keeps its commands, because a statement is prepared once and executed many times. All calls complete at once: SQLite runs on the
/// thread of its caller.
/// </remarks>
internal sealed class SqliteSession : DbSession, IDisposable
{
    // Most statements are constants. Filters combine in many ways, so the number of commands needs a limit.
    private const int KeptCommands = 256;

    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection)
        : base(SqliteDialect.Instance) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <summary>Opens the connection that writes.</summary>
    public static SqliteSession OpenWriter(SqliteOptions options)
    {
        var session = Open(options, SqliteOpenMode.ReadWriteCreate);
        session.Execute("pragma journal_mode = wal");

        // What is acknowledged survives a power cut: each commit is flushed to the device.
        session.Execute("pragma synchronous = full");
        session.Execute($"pragma wal_autocheckpoint = {options.CheckpointPages}");
        session.Execute($"pragma cache_size = -{options.WriterCacheKilobytes}");
        return session;
    }

    /// <summary>Opens a connection that cannot write.</summary>
    public static SqliteSession OpenReader(SqliteOptions options)
    {
        var session = Open(options, SqliteOpenMode.ReadOnly);

        // A search reads some megabytes of indexes, part of them twice.
        session.Execute("pragma cache_size = -8192");
        return session;
    }

    /// <summary>Executes a constant statement with values by their names.</summary>
    /// <returns>The number of rows that it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepared(sql, values).ExecuteNonQuery();

    /// <summary>Executes a constant query and reads one value.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepared(sql, values).ExecuteScalar();

    /// <summary>A command with its values, which stays this session's.</summary>
    public SqliteCommand Prepared(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = Kept(sql);
        foreach (var (name, value) in values)
        {
            Set(command, name, value);
        }

        return command;
    }

    public override async Task ExecuteAsync(IEnumerable<Sql> statements)
    {
        foreach (var statement in statements)
        {
            await ExecuteAsync(statement);
        }
    }

    public void Dispose()
    {
        Forget();
        Connection.Dispose();
    }

    protected override DbCommand Command(Sql sql)
    {
        var (text, values) = sql.Build();
        var command = Kept(text);
        for (var i = 0; i < values.Count; i++)
        {
            Set(command, Sql.NameOf(i), values[i]);
        }

        return command;
    }

    private static SqliteSession Open(SqliteOptions options, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(options.ConnectionString(mode));
        try
        {
            connection.Open();
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteCommand Kept(string sql)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            if (_commands.Count >= KeptCommands)
            {
                Forget();
            }

            command = Connection.CreateCommand();
            command.CommandText = sql;
            _commands[sql] = command;
        }

        return command;
    }

    private void Set(SqliteCommand command, string name, object? value)
    {
        var at = command.Parameters.IndexOf(name);
        if (at < 0)
        {
            command.Parameters.AddWithValue(name, Dialect.Value(value));
        }
        else
        {
            command.Parameters[at].Value = Dialect.Value(value);
        }
    }

    private void Forget()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }
}
