namespace ActorShop.Simulation;

/// <summary>Runs the turns of one activation (or of the clients) in order. The loop decides when the next one runs.</summary>
/// <param name="loop">The loop.</param>
/// <param name="process">The process it belongs to.</param>
/// <param name="name">Its name in traces.</param>
/// <param name="identity">Its name as a number, which the trace folds in.</param>
/// <param name="activation">The activation whose turns these are, if any.</param>
internal sealed class TurnScheduler(SimulatedLoop loop, SimulatedProcess process, string name, ulong identity, SimulatedActivation? activation = null)
    : TaskScheduler
{
    private readonly Queue<Task> _turns = new();
    private bool _isReady;

    public SimulatedProcess Process => process;

    public ulong Identity => identity;

    public override int MaximumConcurrencyLevel => 1;

    public Task RunAsync(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public void RunOne()
    {
        var turn = _turns.Dequeue();
        TurnContext.Set(activation);
        OrleansParts.Current = activation?.Runtime;
        try
        {
            TryExecuteTask(turn);
        }
        finally
        {
            TurnContext.Set(null);
            OrleansParts.Current = null;
        }

        _isReady = _turns.Count > 0;
        if (_isReady)
        {
            loop.Add(this);
        }
    }

    public override string ToString() => process.Number < 0 ? name : $"{process} {name}";

    protected override void QueueTask(Task task)
    {
        loop.CheckThread(this);
        if (process.IsDead)
        {
            return;
        }

        _turns.Enqueue(task);
        if (!_isReady)
        {
            _isReady = true;
            loop.Add(this);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(Current, this) && !process.IsDead && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _turns;
}
