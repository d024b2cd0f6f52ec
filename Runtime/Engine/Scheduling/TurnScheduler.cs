namespace ActorShop.Runtime.Scheduling;

/// <summary>Runs turns one at a time, in the order in which they were posted: the mutual exclusion of an activation.</summary>
/// <remarks>
/// <para>
/// It is a <see cref="TaskScheduler"/>, so that the rest of an async method comes back to it. Posting is safe from any
/// thread and takes one interlocked operation; everything else belongs to the turn that runs.
/// </para>
/// <para>
/// The inbox is a stack linked through its items, newest first. Its foot tells whether the scheduler is on the sink:
/// <see cref="Resting"/> when it is not, null when it is. So the poster who finds <see cref="Resting"/> schedules, once.
/// </para>
/// <para>
/// A quantum is counted in turns, not in time, so that a simulated run is the same on every machine.
/// </para>
/// </remarks>
internal abstract class TurnScheduler(ITurnSink sink, int quantum) : TaskScheduler, IThreadPoolWorkItem
{
    private static readonly Action<object?> RunMessagesDelegate = static self => ((TurnScheduler)self!).RunMessages();

    private static readonly Action<object?> SettleDelegate = static self => ((TurnScheduler)self!).SettleInTask();

    private static readonly WorkItem Resting = new TaskItem(Task.CompletedTask);

    [ThreadStatic]
    private static TurnScheduler? CurrentOfThread;

    private WorkItem? _inbox = Resting;
    private WorkItem? _batch;
    private int _turns;
    private bool _settling;

    /// <inheritdoc/>
    public sealed override int MaximumConcurrencyLevel => 1;

    /// <summary>The scheduler whose turn runs on this thread.</summary>
    internal static new TurnScheduler? Current => CurrentOfThread;

    /// <summary>Whether nothing waits and nothing runs, at this moment.</summary>
    internal bool IsResting => ReferenceEquals(Volatile.Read(ref _inbox), Resting);

    /// <summary>Whether the calling thread runs a turn of this scheduler.</summary>
    internal bool IsOnTurn => ReferenceEquals(CurrentOfThread, this);

    /// <summary>Runs a quantum. Called by the sink only.</summary>
    public void Execute()
    {
        var outer = CurrentOfThread;
        CurrentOfThread = this;
        OnQuantumStarting();
        try
        {
            _turns = 0;
            while (NextItem())
            {
                if (_turns >= quantum)
                {
                    sink.Schedule(this);
                    return;
                }

                if (_batch is TaskItem item)
                {
                    _batch = item.Next;
                    _turns++;
                    TryExecuteTask(item.Task);
                    SettleOnTurn();
                }
                else
                {
                    // Grain code must find this scheduler as the current one, and only a task brings that about. One task
                    // runs as many messages as follow one another.
                    RunAsTask(RunMessagesDelegate);
                }
            }
        }
        finally
        {
            OnQuantumEnded();
            CurrentOfThread = outer;
        }
    }

    /// <summary>Adds an item; runs it after those that were added before.</summary>
    internal void Post(WorkItem item)
    {
        var seen = Volatile.Read(ref _inbox);
        while (true)
        {
            item.Next = ReferenceEquals(seen, Resting) ? null : seen;
            var found = Interlocked.CompareExchange(ref _inbox, item, seen);
            if (ReferenceEquals(found, seen))
            {
                break;
            }

            seen = found;
        }

        if (ReferenceEquals(seen, Resting))
        {
            sink.Schedule(this);
        }
    }

    /// <inheritdoc/>
    protected sealed override void QueueTask(Task task) => Post(new TaskItem(task));

    /// <inheritdoc/>
    /// <remarks>A continuation may run within the turn that completes what it awaited, as it may on Orleans.</remarks>
    protected sealed override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && IsOnTurn && TryExecuteTask(task);

    /// <inheritdoc/>
    protected sealed override IEnumerable<Task> GetScheduledTasks() => [];

    /// <summary>Runs one item that is not a task, as a turn.</summary>
    protected abstract void Run(WorkItem item);

    /// <summary>Asks for <see cref="Settle"/> after the turn that runs now.</summary>
    protected void SettleAfterTurn() => _settling = true;

    /// <summary>Runs after a turn that asked for it: the place to start what that turn made possible.</summary>
    protected abstract void Settle();

    /// <summary>Runs on the thread that is about to run turns.</summary>
    protected abstract void OnQuantumStarting();

    /// <summary>Runs on the thread that has run turns.</summary>
    protected abstract void OnQuantumEnded();

    /// <summary>The engine itself has thrown, where it must not: a turn's outcome is lost.</summary>
    protected abstract void OnBroken(Exception exception);

    private void RunAsTask(Action<object?> action)
    {
        var task = new Task(action, this);
        task.RunSynchronously(this);
        if (task.Exception is { } exception)
        {
            OnBroken(exception);
        }
    }

    private bool NextItem()
    {
        while (_batch is null)
        {
            var taken = Interlocked.Exchange(ref _inbox, null);
            if (taken is null)
            {
                if (Interlocked.CompareExchange(ref _inbox, Resting, null) is null)
                {
                    return false;
                }

                continue;
            }

            _batch = OldestFirst(taken);
        }

        return true;
    }

    private static WorkItem OldestFirst(WorkItem newest)
    {
        WorkItem? older = null;
        for (var item = newest; ;)
        {
            var next = item.Next;
            item.Next = older;
            if (next is null)
            {
                return item;
            }

            older = item;
            item = next;
        }
    }

    private void RunMessages()
    {
        var clean = ExecutionContext.Capture();
        while (_turns < quantum && (_batch ?? TakeMore()) is { } item and not TaskItem)
        {
            _batch = item.Next;
            item.Next = null;
            _turns++;
            Run(item);
            while (_settling)
            {
                _settling = false;
                Settle();
            }

            // What one request sets in its flow of control is not seen by the next.
            if (!ReferenceEquals(ExecutionContext.Capture(), clean) && clean is not null)
            {
                ExecutionContext.Restore(clean);
            }
        }
    }

    private WorkItem? TakeMore()
    {
        var taken = Volatile.Read(ref _inbox) is null ? null : Interlocked.Exchange(ref _inbox, null);
        return _batch = taken is null ? null : OldestFirst(taken);
    }

    private void SettleOnTurn()
    {
        if (_settling)
        {
            // Settling starts requests, which is grain code: it has to run inside a task of this scheduler as well.
            RunAsTask(SettleDelegate);
        }
    }

    private void SettleInTask()
    {
        var clean = ExecutionContext.Capture();
        while (_settling)
        {
            _settling = false;
            Settle();
            if (clean is not null)
            {
                ExecutionContext.Restore(clean);
            }
        }
    }
}
