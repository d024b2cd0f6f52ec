using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ActorShop.Storage.Sqlite;

/// <summary>The one thread that writes. It takes the jobs in the queue, commits them together, and then answers each.</summary>
/// <remarks>
/// <para>
/// The next batch gathers while one is flushed, so all that wait share a flush. Jobs run in the order of their arrival. A refusal, such
/// as a version conflict, is the result of its job; the others continue.
/// </para>
/// <para>
/// Where a job throws, its batch is rolled back and executed again one by one, so that only that job fails. Where the commit fails, the
/// content of the disk is unknown: every job of the batch gets <see cref="OutcomeUnknownException"/>. The session is opened again,
/// because a log that could not be flushed once is not trusted to be flushed later.
/// </para>
/// </remarks>
internal sealed partial class SqliteWriter : IDisposable
{
    // The writer waits on it, so it is a monitor and no Lock.
    private readonly object _gate = new();
    private readonly Queue<Job> _queue = new();
    private readonly SqliteOptions _options;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private SqliteSession? _session;
    private bool _stopping;

    /// <summary>Starts to write through a session, which it owns.</summary>
    public SqliteWriter(SqliteSession session, SqliteOptions options, ILogger logger)
    {
        _session = session;
        _options = options;
        _logger = logger;
        _thread = new Thread(Run) { Name = "SQLite writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Queues a job. All its changes, or none of them, are durable when the task completes.</summary>
    /// <param name="work">
    /// Runs on the writer's thread within a transaction, and perhaps a second time after a rollback. It must not use anything but the session.
    /// </param>
    /// <exception cref="LimitExceededException">The queue is full. Nothing was written.</exception>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> work)
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
                return Task.FromException<T>(new LimitExceededException($"{_queue.Count} writes wait. This one was not executed."));
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
                // Nothing may end this thread: a shop whose writes fail is better than one whose writes hang.
                LogBatchFailed(_logger, batch.Length, failure);
                Array.ForEach(batch, job => job.Fail(new OutcomeUnknownException("The writer failed.", failure)));
                Reopen();
            }
        }

        _session?.Dispose();
    }

    // Jobs that were accepted before the end are still executed.
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
        var session = _session ??= SqliteSession.OpenWriter(_options);
        if (TryExecute(session, batch, out var failure))
        {
            Commit(session, batch);
        }
        else if (batch.Length == 1)
        {
            batch[0].Fail(SqliteFaults.Of(failure!));
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

    private static bool TryExecute(SqliteSession session, ReadOnlySpan<Job> batch, out Exception? failure)
    {
        try
        {
            session.Execute("begin immediate");
            foreach (var job in batch)
            {
                job.Execute(session);
            }

            failure = null;
            return true;
        }
        catch (Exception e)
        {
            // Some faults, such as a full disk, have ended the transaction already.
            if (SQLitePCL.raw.sqlite3_get_autocommit(session.Connection.Handle) == 0)
            {
                session.Execute("rollback");
            }

            failure = e;
            return false;
        }
    }

    private void Commit(SqliteSession session, ReadOnlySpan<Job> batch)
    {
        try
        {
            session.Execute("commit");
        }
        catch (SqliteException failure)
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

    // The next batch opens it again, and fails with the reason if it cannot.
    private void Reopen()
    {
        _session?.Dispose();
        _session = null;
    }

    private abstract class Job
    {
        public abstract void Execute(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Job<T>(Func<SqliteSession, T> work) : Job
    {
        // The caller continues on another thread: this one only writes.
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Completion => _completion.Task;

        public override void Execute(SqliteSession session) => _result = work(session);

        public override void Complete() => _completion.TrySetResult(_result!);

        public override void Fail(Exception failure) => _completion.TrySetException(failure);
    }
}
