using Microsoft.Extensions.Logging;
using Npgsql;
using PendingWrite = ActorShop.Storage.Postgres.Pending<ActorShop.Storage.EntityWrite, ActorShop.Storage.EntityWrite.Outcome>;

namespace ActorShop.Storage.Postgres;

/// <summary>Writes the states of grains. The writes in the queue share a round trip and a flush, and then each is answered.</summary>
/// <remarks>
/// <para>
/// The next batch gathers while one is under way, so all that wait share a flush. A version conflict is the answer of its own grain: the
/// others are written.
/// </para>
/// <para>
/// Where the server refuses a batch, nothing of it is written, and each write is sent again alone, so that only the wrong one fails. Where
/// the connection is lost, it is unknown whether the batch was committed: every write gets <see cref="OutcomeUnknownException"/>. Where no
/// connection can be opened, nothing was sent: every write gets <see cref="StorageUnavailableException"/> at once.
/// </para>
/// </remarks>
internal sealed partial class PostgresWriter : IAsyncDisposable
{
    // The queue length from which a second batch runs beside the first. A round trip costs more than a write in it, so fewer writes wait.
    private const int Crowd = 16;

    private readonly PostgresDatabase _database;
    private readonly PostgresOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Queue<PendingWrite> _waiting = [];
    private readonly Stack<WriterConnection> _idle = [];
    private readonly TaskCompletionSource _allIdle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _stopping;
    private volatile int _losses;

    public PostgresWriter(PostgresDatabase database, PostgresOptions options, ILogger logger)
    {
        _database = database;
        _options = options;
        _logger = logger;
        for (var i = 0; i < options.Writers; i++)
        {
            _idle.Push(new WriterConnection(this));
        }
    }

    private bool AllAreIdle => _idle.Count == _options.Writers;

    /// <summary>Queues a write. All of it, or nothing, is durable when the task completes.</summary>
    /// <exception cref="LimitExceededException">The queue is full. Nothing was written.</exception>
    public Task<EntityWrite.Outcome> WriteAsync(EntityWrite entity)
    {
        var write = new PendingWrite(entity);
        WriterConnection connection;
        lock (_lock)
        {
            if (_stopping)
            {
                return Task.FromException<EntityWrite.Outcome>(new ObjectDisposedException(nameof(PostgresWriter), "The database is closed."));
            }

            if (_waiting.Count >= _options.QueueLimit)
            {
                return Task.FromException<EntityWrite.Outcome>(
                    new LimitExceededException($"{_options.QueueLimit} writes wait. This one was not executed."));
            }

            _waiting.Enqueue(write);
            if (_idle.Count == 0 || !IsWorthABatch(AllAreIdle))
            {
                return write.Answer;
            }

            connection = _idle.Pop();
        }

        _ = Task.Run(() => RunAsync(connection));
        return write.Answer;
    }

    /// <summary>Writes what is queued, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _stopping = true;
            if (AllAreIdle)
            {
                _allIdle.TrySetResult();
            }
        }

        await _allIdle.Task;
        foreach (var connection in _idle)
        {
            await connection.DisposeAsync();
        }
    }

    private bool IsWorthABatch(bool isFirst) => _waiting.Count >= (isFirst ? 1 : Math.Min(Crowd, _options.BatchLimit));

    private async Task RunAsync(WriterConnection connection)
    {
        while (Take(connection) is { } batch)
        {
            try
            {
                await WriteAsync(connection, batch);
            }
            catch (Exception failure)
            {
                // Nothing may end this loop: a shop whose writes fail is better than one whose writes hang.
                LogBatchFailed(_logger, batch.Writes.Count, failure);
                await connection.CloseAsync();
                batch.Fail(() => new OutcomeUnknownException("The writer failed.", failure));
            }
        }
    }

    // The next batch; null where there is none for this connection, which is idle then.
    private WriteBatch? Take(WriterConnection connection)
    {
        var writes = new List<PendingWrite>();
        var grains = new HashSet<(string, string)>();
        lock (_lock)
        {
            _idle.Push(connection);
            if (!IsWorthABatch(AllAreIdle))
            {
                if (_stopping && AllAreIdle)
                {
                    _allIdle.TrySetResult();
                }

                return null;
            }

            _idle.Pop();

            // One write of a grain at a time: a second one of the same grain opens the next batch.
            while (writes.Count < _options.BatchLimit && _waiting.TryPeek(out var next) && grains.Add((next.Request.StateName, next.Request.Key)))
            {
                writes.Add(_waiting.Dequeue());
            }
        }

        return new WriteBatch(writes);
    }

    private async Task WriteAsync(WriterConnection connection, WriteBatch batch)
    {
        try
        {
            await connection.OpenAsync();
        }
        catch (StorageUnavailableException failure)
        {
            await connection.CloseAsync();
            batch.Fail(() => new StorageUnavailableException(failure.Message, failure));
            return;
        }
        catch (OrleansConfigurationException failure)
        {
            batch.Fail(() => new OrleansConfigurationException(failure.Message, failure));
            return;
        }

        try
        {
            batch.Complete(await connection.ExecuteAsync(batch));
        }
        catch (Exception failure) when (PostgresFaults.IsRefusal(failure, out var refusal))
        {
            if (batch.Writes.Count == 1)
            {
                batch.Writes[0].Fail(PostgresFaults.OfRefusal(refusal));
                return;
            }

            LogBatchTakenBack(_logger, batch.Writes.Count, failure);
            foreach (var write in batch.Writes)
            {
                await WriteAsync(connection, new WriteBatch([write]));
            }
        }
        catch (Exception failure) when (PostgresFaults.IsOfDatabase(failure))
        {
            LogConnectionLost(_logger, batch.Writes.Count, failure);
            await connection.CloseAsync();
            batch.Fail(() => PostgresFaults.OfWrite(failure));
        }
    }

    [LoggerMessage(3110, LogLevel.Error, "The connection was lost while a batch of {Writes} writes was under way; their outcome is unknown")]
    private static partial void LogConnectionLost(ILogger logger, int writes, Exception failure);

    [LoggerMessage(3111, LogLevel.Warning, "A batch of {Writes} writes was rolled back because one of them failed; they are written one by one")]
    private static partial void LogBatchTakenBack(ILogger logger, int writes, Exception failure);

    [LoggerMessage(3112, LogLevel.Error, "A batch of {Writes} writes failed")]
    private static partial void LogBatchFailed(ILogger logger, int writes, Exception failure);

    /// <summary>A writer's own connection. It is opened when it is needed, and again after it was lost.</summary>
    private sealed class WriterConnection(PostgresWriter writer) : IAsyncDisposable
    {
        private NpgsqlConnection? _connection;
        private int _losses;

        public async Task OpenAsync()
        {
            // Where another writer lost its connection, this one is probably lost too. To fail before sending keeps the outcome known.
            if (_connection is { } old && _losses != writer._losses)
            {
                _connection = null;
                await old.DisposeAsync();
            }

            if (_connection is null)
            {
                _losses = writer._losses;
                await writer._database.ReadyAsync();
                _connection = await writer._database.ConnectAsync();
            }
        }

        /// <returns>The grains that were refused, with the version stored.</returns>
        public async Task<Dictionary<int, int?>> ExecuteAsync(WriteBatch batch)
        {
            await using var command = new NpgsqlCommand(WriteBatch.Statement, _connection);
            batch.Bind(command, writer._database.ServiceId);
            var refused = new Dictionary<int, int?>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                refused.Add(reader.GetInt32(0), await reader.IsDBNullAsync(1) ? null : reader.GetInt32(1));
            }

            return refused;
        }

        /// <summary>Lets go of a connection that was lost, or could not be had.</summary>
        public async Task CloseAsync()
        {
            if (_connection is { } connection)
            {
                _connection = null;
                await connection.DisposeAsync();
            }

            // The connections of the other writers and those in the pool are probably lost too.
            Interlocked.Increment(ref writer._losses);
            writer._database.Source.Clear();
        }

        public async ValueTask DisposeAsync()
        {
            if (_connection is { } connection)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
