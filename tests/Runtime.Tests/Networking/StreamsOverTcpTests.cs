using System.Collections.Concurrent;
using ActorShop.Runtime.Membership;
using Orleans.Placement;
using Orleans.Streams;

namespace ActorShop.Runtime.Networking;

/// <summary>Method: two silos and a client in one process, with sockets between them. Goal: events go wherever their subscribers are.</summary>
public sealed class StreamsOverTcpTests
{
    private const int Events = 200;

    [Fact]
    public async Task Event_OfAnySiloOrClient_ReachesASubscriberInOneSilo_InOrder()
    {
        var table = new InMemoryMembershipTable();
        await using var first = await ClusterSilo.StartAsync(table, Streams);
        await using var second = await ClusterSilo.StartAsync(table, Streams);
        await using var client = await TestClient.StartAsync([first.GatewayPort], static client => client.AddMemoryStreams("streams"));
        await first.Factory.GetGrain<IEarGrain>("tcp").ListenAsync();
        var (heard, all) = EarGrain.Of("tcp", 3 * Events);

        await Task.WhenAll(
            PublishAsync((IClusterClient)first.Factory, 0),
            PublishAsync((IClusterClient)second.Factory, Events),
            PublishAsync(client.Grains, 2 * Events));
        await all.WaitAsync(TimeSpan.FromSeconds(20));

        foreach (var producer in Enumerable.Range(0, 3))
        {
            heard.Where(word => word.Number / Events == producer).Select(static word => word.Number)
                .ShouldBe(Enumerable.Range(producer * Events, Events));
        }
    }

    [Fact]
    public async Task Client_HearsEventsOfSilos_UntilItUnsubscribes()
    {
        var table = new InMemoryMembershipTable();
        await using var first = await ClusterSilo.StartAsync(table, Streams);
        await using var second = await ClusterSilo.StartAsync(table, Streams);
        await using var client = await TestClient.StartAsync(
            [first.GatewayPort, second.GatewayPort], static client => client.AddMemoryStreams("streams"));
        await client.ReachedAsync(2);
        var heard = new ConcurrentQueue<int>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handle = await Stream(client.Grains, "client").SubscribeAsync((word, _) =>
        {
            heard.Enqueue(word.Number);
            if (word.Number == 2)
            {
                last.TrySetResult();
            }

            return Task.CompletedTask;
        });

        await Stream((IClusterClient)first.Factory, "client").OnNextAsync(new Word(1));
        await Stream((IClusterClient)first.Factory, "client").OnNextAsync(new Word(2));
        await last.Task.WaitAsync(TimeSpan.FromSeconds(20));
        (await Stream(client.Grains, "client").GetAllSubscriptionHandles()).ShouldHaveSingleItem();
        await handle.UnsubscribeAsync();
        await Stream((IClusterClient)second.Factory, "client").OnNextAsync(new Word(3));

        (await Stream(client.Grains, "client").GetAllSubscriptionHandles()).ShouldBeEmpty();
        heard.ShouldBe([1, 2]);
    }

    private static void Streams(ISiloBuilder silo) => silo.AddMemoryStreams("streams").AddMemoryGrainStorage("PubSubStore");

    private static async Task PublishAsync(IClusterClient client, int from)
    {
        foreach (var number in Enumerable.Range(from, Events))
        {
            await Stream(client, "tcp").OnNextAsync(new Word(number));
        }
    }

    private static IAsyncStream<Word> Stream(IClusterClient client, string key) =>
        client.GetStreamProvider("streams").GetStream<Word>(StreamId.Create("words", key));
}

[GenerateSerializer]
[Alias("wire-word")]
public sealed record Word(int Number);

public interface IEarGrain : IGrainWithStringKey
{
    Task ListenAsync();
}

[PreferLocalPlacement]
public sealed class EarGrain : Grain, IEarGrain
{
    private static readonly ConcurrentDictionary<string, Ear> Ears = new(StringComparer.Ordinal);

    /// <summary>What the grain of a key hears, and the moment at which it has heard so many.</summary>
    public static (IReadOnlyCollection<Word> Heard, Task All) Of(string key, int count)
    {
        var ear = Ears.GetOrAdd(key, static _ => new Ear());
        ear.Count = count;
        return (ear.Heard, ear.All.Task);
    }

    public Task ListenAsync()
    {
        var ear = Ears.GetOrAdd(this.GetPrimaryKeyString(), static _ => new Ear());
        return this.GetStreamProvider("streams").GetStream<Word>(StreamId.Create("words", this.GetPrimaryKeyString())).SubscribeAsync((word, _) =>
        {
            ear.Heard.Enqueue(word);
            if (ear.Heard.Count == ear.Count)
            {
                ear.All.TrySetResult();
            }

            return Task.CompletedTask;
        });
    }

    private sealed class Ear
    {
        public ConcurrentQueue<Word> Heard { get; } = new();

        public int Count { get; set; }

        public TaskCompletionSource All { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
