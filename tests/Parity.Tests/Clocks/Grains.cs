namespace ActorShop.Parity.Clocks;

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Starts a timer that is due at once, and holds the grain until the gate opens: how many ticks there were meanwhile.</summary>
    Task<int> TicksWhileBusyAsync(bool interleave, string ticked, string release);

    Task TickOnceAsync(string ticked);

    Task TickInSpiteOfFailuresAsync(int ticks, string ticked);

    Task<bool> DisposeCancelsAsync();

    Task<int> TicksAsync();
}

public sealed class TimerGrain : Grain, ITimerGrain
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private int _ticks;

    public async Task<int> TicksWhileBusyAsync(bool interleave, string ticked, string release)
    {
        using var timer = this.RegisterGrainTimer(
            () =>
            {
                _ticks++;
                Gate.Open(ticked);
                return Task.CompletedTask;
            },
            new() { DueTime = TimeSpan.Zero, Period = Soon, Interleave = interleave });
        await Gate.Opened(release);
        return _ticks;
    }

    public Task TickOnceAsync(string ticked)
    {
        this.RegisterGrainTimer(
            () =>
            {
                _ticks++;
                Gate.Open(ticked);
                return Task.CompletedTask;
            },
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task TickInSpiteOfFailuresAsync(int ticks, string ticked)
    {
        this.RegisterGrainTimer(
            _ =>
            {
                if (++_ticks == ticks)
                {
                    Gate.Open(ticked);
                }

                throw new InvalidOperationException("a tick fails");
            },
            TimeSpan.Zero,
            Soon);
        return Task.CompletedTask;
    }

    public async Task<bool> DisposeCancelsAsync()
    {
        var seen = CancellationToken.None;
        var ticked = new TaskCompletionSource();
        var timer = this.RegisterGrainTimer(
            cancellationToken =>
            {
                seen = cancellationToken;
                ticked.TrySetResult();
                return Task.CompletedTask;
            },
            new() { DueTime = TimeSpan.Zero, Period = Soon, Interleave = true });
        await ticked.Task;
        timer.Dispose();
        return seen.IsCancellationRequested;
    }

    public Task<int> TicksAsync() => Task.FromResult(_ticks);
}
