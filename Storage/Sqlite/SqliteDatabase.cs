using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Storage.Sqlite;

/// <summary>The open database: one writer, and readers beside it. Opening it brings its schema up to date.</summary>
/// <remarks>Safe from any thread. One process at a time: the others are refused when they open it.</remarks>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly DatabaseLock _lock;

    /// <summary>Opens the database, making it where there is none.</summary>
    /// <exception cref="OrleansConfigurationException">Another process has it, or a newer build wrote it.</exception>
    public SqliteDatabase(IOptions<SqliteOptions> options, ILogger<SqliteDatabase> logger)
    {
        var path = options.Value.FullPath;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _lock = DatabaseLock.Take(path);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnection.OpenWriter(options.Value);
            SqliteSchema.Apply(connection, path);
        }
        catch
        {
            connection?.Dispose();
            _lock.Dispose();
            throw;
        }

        Writer = new(connection, options.Value, logger);
        Readers = new(options.Value);
    }

    /// <summary>The one that writes.</summary>
    public SqliteWriter Writer { get; }

    /// <summary>Those that read.</summary>
    public SqliteReaders Readers { get; }

    /// <summary>Writes what is queued and closes the file.</summary>
    public void Dispose()
    {
        Readers.Dispose();
        Writer.Dispose();
        _lock.Dispose();
    }
}
