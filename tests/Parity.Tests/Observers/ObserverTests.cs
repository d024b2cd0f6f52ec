namespace ActorShop.Parity.Observers;

/// <summary>Goal: an object outside of the grains hears of them while it is registered.</summary>
public sealed class ObserverTests(Cluster cluster) : IClassFixture<Cluster>
{
    private readonly IBellGrain _bell = cluster.Grains.GetGrain<IBellGrain>(Cluster.NewKey());

    [Fact]
    public async Task Observer_HearsOfTheGrain()
    {
        var ear = new Ear();
        var reference = cluster.Grains.CreateObjectReference<IBellObserver>(ear);
        await _bell.ListenAsync(reference);

        await _bell.RingAsync(1);
        await _bell.RingAsync(2);

        ear.Heard.ShouldBe([1, 2]);
        GC.KeepAlive(ear);
    }
}
