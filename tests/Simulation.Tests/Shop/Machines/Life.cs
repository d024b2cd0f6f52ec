using ActorShop.Runtime.Scheduling;
using ActorShop.Runtime.Simulation;

namespace ActorShop.Simulation.Shop;

/// <summary>The life of one process: its turns and timers run while it lives, wait while it stands still, and vanish at its end.</summary>
internal sealed class Life : ITurnSink
{
    private readonly ITurnSink _inner;
    private readonly List<Action> _held = [];
    private bool _isPaused;

    public Life(ITurnSink inner, SimulatedTime world)
    {
        _inner = inner;
        Time = new(this, world);
    }

    /// <summary>The process' clock.</summary>
    public MachineTime Time { get; }

    /// <summary>Whether the process has ended.</summary>
    public bool IsOver { get; private set; }

    /// <inheritdoc/>
    public void Schedule(IThreadPoolWorkItem item)
    {
        if (!IsOver)
        {
            _inner.Schedule(new Turn(this, item));
        }
    }

    public void Pause() => _isPaused = !IsOver;

    public void Resume()
    {
        _isPaused = false;
        foreach (var held in _held)
        {
            held();
        }

        _held.Clear();
    }

    public void End()
    {
        IsOver = true;
        _isPaused = false;
        _held.Clear();
        Time.End();
    }

    /// <summary>Does something as the process: now, later, or never.</summary>
    public void Run(Action work)
    {
        if (_isPaused)
        {
            _held.Add(work);
        }
        else if (!IsOver)
        {
            work();
        }
    }

    private sealed class Turn(Life life, IThreadPoolWorkItem item) : IThreadPoolWorkItem
    {
        public void Execute() => life.Run(Continue);

        // After a pause it takes its place among all that are ready, like every other.
        private void Continue()
        {
            if (life._held.Count > 0)
            {
                life._inner.Schedule(this);
            }
            else
            {
                item.Execute();
            }
        }
    }
}
