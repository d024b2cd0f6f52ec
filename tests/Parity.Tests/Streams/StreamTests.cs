namespace ActorShop.Parity.Streams;

/// <summary>Goal: events come to their subscribers, in order, through ordinary calls.</summary>
public sealed class StreamTests(Cluster cluster) : IClassFixture<Cluster>
{
    private readonly string _key = Cluster.NewKey();

    private IPressGrain Press => cluster.Grains.GetGrain<IPressGrain>(_key);

    [Fact]
    public async Task ImplicitSubscriber_IsActivatedByTheFirstEvent_AndGetsAllInOrder()
    {
        await Press.PublishAsync("news", _key, 1, 2, 3, -1);

        await Gate.Opened(_key + ".all");
        (await cluster.Grains.GetGrain<INewsGrain>(_key).NewsAsync()).ShouldBe([1, 2, 3, -1]);
    }

    [Fact]
    public async Task ExplicitSubscriber_GetsEvents_UntilItUnsubscribes()
    {
        var reader = cluster.Grains.GetGrain<IReaderGrain>(_key);
        await reader.SubscribeAsync(_key);
        await Press.PublishAsync("pages", _key, 1, -1);
        await Gate.Opened(_key + "-1#1");

        await reader.UnsubscribeAsync(_key);
        await Press.PublishAsync("pages", _key, 2);
        var other = cluster.Grains.GetGrain<IReaderGrain>(_key + ".other");
        await other.SubscribeAsync(_key);
        await Press.PublishAsync("pages", _key, -2);
        await Gate.Opened(_key + ".other-2#1");

        (await reader.ReadAsync()).ShouldBe([1, -1]);
    }

    [Fact]
    public async Task TwoSubscriptions_AreTwoDeliveries()
    {
        var reader = cluster.Grains.GetGrain<IReaderGrain>(_key);
        await reader.SubscribeAsync(_key);
        await reader.SubscribeAsync(_key);

        await Press.PublishAsync("pages", _key, 7);
        await Gate.Opened(_key + "7#2");

        (await reader.ReadAsync()).ShouldBe([7, 7]);
    }
}
