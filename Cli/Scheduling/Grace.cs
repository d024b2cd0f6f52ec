namespace ActorShop.Cli.Scheduling;

/// <summary>A token that is cancelled some time after another one, so that work in progress may finish.</summary>
internal sealed class Grace : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public Grace(TimeSpan time, TimeProvider clock, CancellationToken stop)
    {
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _registration = stop.Register(() => _source.CancelAfter(time));
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
