using Microsoft.Extensions.Logging;

namespace ActorShop.Storage.Sqlite;

/// <summary>The one thread that writes: it takes what is queued, commits it together, and then answers each.</summary>
/// <remarks>
/// <para>
/// While one batch is being flushed the next one gathers, so a flush is shared by as many as wait for it. Jobs run in the order in
/// which they arrived. A refusal, such as a version conflict, is a job's result: the others go on.
/// </para>
/// <para>
/// A job that throws takes its batch back, and the batch is run again one by one, so that only the culprit fails. When the commit
/// itself fails nobody can say what is on the disk: every job of the batch gets <see cref="OutcomeUnknownException"/>, and the
/// connection is opened anew, since a log that could not be flushed once must not be trusted to be flushed later.
/// </para>
/// </remarks>
internal sealed partial class SqliteWriter : IDisposable
{
    // Waited on by the writer, so it is a monitor and no Lock.
    private readonly object _gate = new();
    private readonly Queue<Job> _queue = new();
    private readonly SqliteOptions _options;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private SqliteConnection? _connection;
    private bool _stopping;

    /// <summary>Starts writing through a connection, which it owns from now on.</summary>
    public SqliteWriter(SqliteConnection connection, SqliteOptions options, ILogger logger)
    {
        _connection = connection;
        _options = options;
        _logger = logger;
        _thread = new Thread(Run) { Name = "SQLite writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Queues a job: what it does is durable when the task completes, all of it or nothing.</summary>
    /// <param name="work">
    /// Runs on the writer's thread within a transaction, and perhaps a second time after the first was taken back.
    /// It reads and writes through the connection alone.
    /// </param>
    /// <exception cref="LimitExceededException">The queue is full. Nothing was written.</exception>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work)
    {
        var job = new Job<T>(work);
        lock (_gate)
        {
            if (_stopping)
            {
                return Task.FromException<T>(new ObjectDisposedException(nameof(SqliteWriter), "The database is closed."));
            }

            if (_queue.Count >= _options.QueueLimit)
            {
                return Task.FromException<T>(new LimitExceededException($"{_queue.Count} writes wait already. This one was not executed."));
            }

            _queue.Enqueue(job);
            Monitor.Pulse(_gate);
        }

        return job.Completion;
    }

    /// <summary>Writes what is queued, and stops.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        while (Take() is { } batch)
        {
            try
            {
                Write(batch);
            }
            catch (Exception failure)
            {
                // Nothing may end this thread: a shop whose writes hang is worse than one whose writes fail.
                LogBatchFailed(_logger, batch.Length, failure);
                Array.ForEach(batch, job => job.Fail(new OutcomeUnknownException("The writer failed.", failure)));
                Reopen();
            }
        }

        _connection?.Dispose();
    }

    // What was accepted before the end is still written.
    private Job[]? Take()
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_stopping)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            var batch = new Job[Math.Min(_queue.Count, _options.BatchLimit)];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = _queue.Dequeue();
            }

            return batch;
        }
    }

    private void Write(ReadOnlySpan<Job> batch)
    {
        var connection = _connection ??= SqliteConnection.OpenWriter(_options);
        if (TryExecute(connection, batch, out var failure))
        {
            Commit(connection, batch);
        }
        else if (batch.Length == 1)
        {
            batch[0].Fail(failure!);
        }
        else
        {
            LogBatchTakenBack(_logger, batch.Length, failure!);
            for (var i = 0; i < batch.Length; i++)
            {
                Write(batch.Slice(i, 1));
            }
        }
    }

    private static bool TryExecute(SqliteConnection connection, ReadOnlySpan<Job> batch, out Exception? failure)
    {
        try
        {
            connection.Execute("begin immediate");
            foreach (var job in batch)
            {
                job.Execute(connection);
            }

            failure = null;
            return true;
        }
        catch (Exception e)
        {
            // Some faults, such as a full disk, have ended the transaction already.
            if (connection.InTransaction)
            {
                connection.Execute("rollback");
            }

            failure = e;
            return false;
        }
    }

    private void Commit(SqliteConnection connection, ReadOnlySpan<Job> batch)
    {
        try
        {
            connection.Execute("commit");
        }
        catch (SqliteFaultException failure)
        {
            LogCommitFailed(_logger, batch.Length, failure);
            Reopen();
            foreach (var job in batch)
            {
                job.Fail(new OutcomeUnknownException("The commit failed: whether the write is durable is unknown.", failure));
            }

            return;
        }

        foreach (var job in batch)
        {
            job.Complete();
        }
    }

    // Opened again by the next batch, which fails with the reason as long as it cannot be.
    private void Reopen()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private abstract class Job
    {
        public abstract void Execute(SqliteConnection connection);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Job<T>(Func<SqliteConnection, T> work) : Job
    {
        // Whoever waits goes on elsewhere: this thread only writes.
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Completion => _completion.Task;

        public override void Execute(SqliteConnection connection) => _result = work(connection);

        public override void Complete() => _completion.TrySetResult(_result!);

        public override void Fail(Exception failure) => _completion.TrySetException(failure);
    }
}
