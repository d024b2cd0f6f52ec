namespace ActorShop.Parity.Observers;

public interface IBellObserver : IGrainObserver
{
    Task RungAsync(int times);
}

public interface IBellGrain : IGrainWithStringKey
{
    Task ListenAsync(IBellObserver observer);

    Task RingAsync(int times);
}

public sealed class BellGrain : Grain, IBellGrain
{
    private readonly List<IBellObserver> _observers = [];

    public Task ListenAsync(IBellObserver observer)
    {
        _observers.Add(observer);
        return Task.CompletedTask;
    }

    public Task RingAsync(int times) => Task.WhenAll(_observers.Select(observer => observer.RungAsync(times)));
}

internal sealed class Ear : IBellObserver
{
    public List<int> Heard { get; } = [];

    public Task RungAsync(int times)
    {
        Heard.Add(times);
        return Task.CompletedTask;
    }
}
