using System.Globalization;

namespace ActorShop.Simulation;

/// <summary>One life of a process. Turns, timers and messages of a life that has ended are dropped; those of a paused one wait.</summary>
/// <param name="number">The silo; negative for the clients, which never end.</param>
/// <param name="life">Which life of it, from 1.</param>
internal sealed class SimulatedProcess(int number, int life)
{
    private readonly List<Action> _parked = [];
    private readonly TaskCompletionSource _ended = new();
    private TaskCompletionSource? _resumed;

    public int Number => number;

    public int Life => life;

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    /// <summary>Completes at the end of this life.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Completes when it is not paused.</summary>
    public Task Running => _resumed?.Task ?? Task.CompletedTask;

    public void Pause()
    {
        if (!IsPaused && !IsDead)
        {
            IsPaused = true;
            _resumed = new();
        }
    }

    public void Resume()
    {
        if (!IsPaused)
        {
            return;
        }

        IsPaused = false;
        var parked = _parked.ToArray();
        _parked.Clear();
        foreach (var action in parked)
        {
            action();
        }

        _resumed!.TrySetResult();
    }

    public void Kill()
    {
        IsDead = true;
        IsPaused = false;
        _parked.Clear();
        _resumed?.TrySetResult();
        _ended.TrySetResult();
    }

    /// <summary>Runs an action now, after the pause, or never.</summary>
    public void Do(Action action)
    {
        if (IsPaused)
        {
            _parked.Add(action);
        }
        else if (!IsDead)
        {
            action();
        }
    }

    public override string ToString() => number < 0 ? "clients" : string.Create(CultureInfo.InvariantCulture, $"silo {number}.{life}");
}
