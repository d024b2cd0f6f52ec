using System.Collections.Concurrent;

namespace ActorShop.Storage.Sqlite;

/// <summary>Connections that read: each question sees one committed state of the database, never a part of a write.</summary>
internal sealed class SqliteReaders(SqliteOptions options) : IDisposable
{
    // More than this many are not kept: as many are open as threads read at one moment.
    private const int KeptConnections = 16;

    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private readonly SemaphoreSlim _queries = new(options.ConcurrentQueries);
    private volatile bool _closed;

    /// <summary>Reads a row or a few, on the caller's thread: that is quicker than going to another.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var connection = _idle.TryTake(out var idle) ? idle : SqliteConnection.OpenReader(options);
        try
        {
            return read(connection);
        }
        finally
        {
            if (_closed || _idle.Count >= KeptConnections)
            {
                connection.Dispose();
            }
            else
            {
                _idle.Add(connection);
            }
        }
    }

    /// <summary>Answers a question that may take long, off the caller's thread; only so many at a time.</summary>
    /// <remarks>All statements of the question see the same state of the database.</remarks>
    public async Task<T> QueryAsync<T>(Func<SqliteConnection, T> query)
    {
        await _queries.WaitAsync();
        try
        {
            return await Task.Run(() => Read(connection =>
            {
                connection.Execute("begin");
                try
                {
                    return query(connection);
                }
                finally
                {
                    connection.Execute("rollback");
                }
            }));
        }
        finally
        {
            _queries.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
