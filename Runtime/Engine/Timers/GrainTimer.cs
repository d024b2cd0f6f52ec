using ActorShop.Runtime.Activations;
using Orleans.Runtime;

namespace ActorShop.Runtime.Timers;

/// <summary>A timer of an activation: each tick is a message to it, and the next one is due a period after its end.</summary>
/// <remarks>Belongs to the turns of its activation, but for the moment at which the clock says that it is due.</remarks>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly CancellationTokenSource _ended = new();
    private readonly ITimer _timer;
    private readonly bool _interleave;
    private readonly bool _keepAlive;
    private TimeSpan _period;
    private TimeSpan? _changedTo;
    private bool _ticking;
    private volatile bool _disposed;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        Activation = activation;
        (_period, _interleave, _keepAlive) = (options.Period, options.Interleave, options.KeepAlive);
        _timer = activation.Silo.Time.CreateTimer(
            static self => ((GrainTimer)self!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        activation.AddTimer(this);
        _timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whose.</summary>
    public Activation Activation { get; }

    /// <summary>Refuses times that no timer can have.</summary>
    public static void Check(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(time.TotalMilliseconds, uint.MaxValue - 1, name);
        }
    }

    /// <inheritdoc/>
    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        ObjectDisposedException.ThrowIf(_disposed, this);
        _period = period;
        if (_ticking)
        {
            _changedTo = dueTime;
        }
        else
        {
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _timer.Dispose();
        _ended.Cancel();
        _ended.Dispose();
        Activation.RemoveTimer(this);
    }

    /// <summary>Runs a tick, in a turn of the activation.</summary>
    public async Task TickAsync()
    {
        if (_disposed)
        {
            return;
        }

        _ticking = true;
        try
        {
            await CallBackAsync(_ended.Token);
        }
        catch (Exception exception)
        {
            Activation.Silo.LogTimerFailed(exception, Activation);
        }

        _ticking = false;
        if (!_disposed)
        {
            _timer.Change(_changedTo ?? _period, Timeout.InfiniteTimeSpan);
            _changedTo = null;
        }
    }

    /// <summary>The grain's own code.</summary>
    protected abstract Task CallBackAsync(CancellationToken cancellationToken);

    private void OnDue()
    {
        if (!_disposed)
        {
            Activation.Receive(new TimerMessage(this, _interleave, _keepAlive));
        }
    }
}

/// <summary>A timer whose callback takes a state.</summary>
internal sealed class GrainTimer<TState>(
    Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    : GrainTimer(activation, options)
{
    protected override Task CallBackAsync(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
