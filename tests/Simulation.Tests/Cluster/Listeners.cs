using Orleans.Placement;
using Orleans.Streams;

namespace ActorShop.Simulation.Cluster;

/// <summary>What listeners have heard, and where. One for all silos of a run: it is the test's eye, not the cluster's.</summary>
public sealed class Heard
{
    private readonly List<(string Listener, string Silo, int Event)> _all = [];

    public void Add(string listener, string silo, int item) => _all.Add((listener, silo, item));

    public IReadOnlyList<int> By(string listener) => [.. Of(listener).Select(static heard => heard.Event)];

    public IReadOnlyList<string> SilosOf(string listener) =>
        [.. Of(listener).Select(static heard => heard.Silo).Distinct(StringComparer.Ordinal)];

    private IEnumerable<(string Listener, string Silo, int Event)> Of(string listener) =>
        _all.Where(heard => string.Equals(heard.Listener, listener, StringComparison.Ordinal));
}

[GenerateSerializer]
public sealed record Note(int Number);

/// <summary>Subscribes when it is told to, and resumes whenever it is activated. It lives where it is called first.</summary>
public interface IListenerGrain : IGrainWithStringKey
{
    Task ListenAsync(string stream);

    Task StopListeningAsync(string stream);

    /// <summary>Goes away until there is something to hear.</summary>
    Task RestAsync();
}

[PreferLocalPlacement]
public sealed class ListenerGrain(Heard heard, IGrainRuntime runtime) : Grain, IListenerGrain, IAsyncObserver<Note>
{
    // A stream's listeners are named after it, so that they know what to resume.
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var handle in await Stream(this.GetPrimaryKeyString().Split('@')[^1]).GetAllSubscriptionHandles())
        {
            await handle.ResumeAsync(this);
        }
    }

    public Task ListenAsync(string stream) => Stream(stream).SubscribeAsync(this);

    public async Task StopListeningAsync(string stream)
    {
        foreach (var handle in await Stream(stream).GetAllSubscriptionHandles())
        {
            await handle.UnsubscribeAsync();
        }
    }

    public Task RestAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task OnNextAsync(Note item, StreamSequenceToken? token = null)
    {
        heard.Add(this.GetPrimaryKeyString(), runtime.SiloIdentity, item.Number);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    private IAsyncStream<Note> Stream(string key) => this.GetStreamProvider("streams").GetStream<Note>(StreamId.Create("explicit", key));
}

/// <summary>Subscribed by its class to the stream of its name.</summary>
public interface IFollowerGrain : IGrainWithStringKey
{
    Task BeAsync();
}

[PreferLocalPlacement]
[ImplicitStreamSubscription("implicit")]
public sealed class FollowerGrain(Heard heard, IGrainRuntime runtime) : Grain, IFollowerGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        this.GetStreamProvider("streams").GetStream<Note>(StreamId.Create("implicit", this.GetPrimaryKeyString())).SubscribeAsync((item, _) =>
        {
            heard.Add(this.GetPrimaryKeyString(), runtime.SiloIdentity, item.Number);
            return Task.CompletedTask;
        });

    public Task BeAsync() => Task.CompletedTask;
}
