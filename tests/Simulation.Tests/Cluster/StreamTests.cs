using ActorShop.Runtime.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.Streams;

namespace ActorShop.Simulation.Cluster;

/// <summary>
/// Goal: an event reaches its subscribers wherever they are active, in the order of its producer, and subscriptions outlive activations and silos.
/// Method: three silos, producers in one, listeners in another, and deaths between.
/// </summary>
[Trait("Suite", "Simulation")]
public sealed class StreamTests
{
    private static readonly TimeSpan Delivered = TimeSpan.FromSeconds(1);

    // A silo that dies is known to be dead after some seconds, and an event that it did not take comes again until then.
    private static readonly TimeSpan Recovered = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task Explicit_InAnotherSilo_HearsEachProducerInOrder(ulong seed) => RunAsync(seed, async (cluster, heard) =>
    {
        await cluster.Silos[1].AskAsync(static grains => Listener(grains, "far@a").ListenAsync("a"));

        // Nobody waits for an event before the next: their order is the provider's business.
        var first = Enumerable.Range(0, 50).Select(number => Stream(cluster, 0, "explicit", "a").OnNextAsync(new Note(number))).ToArray();
        var second = Enumerable.Range(100, 50).Select(number => Stream(cluster, 2, "explicit", "a").OnNextAsync(new Note(number))).ToArray();
        await AllAsync([.. first, .. second]);
        await cluster.DelayAsync(Delivered);

        heard.By("far@a").Where(static number => number < 100).ShouldBe(Enumerable.Range(0, 50));
        heard.By("far@a").Where(static number => number >= 100).ShouldBe(Enumerable.Range(100, 50));
        heard.SilosOf("far@a").ShouldBe(["silo 1"]);
    });

    [Fact]
    public Task Implicit_InAnotherSilo_HearsInOrder() => RunAsync(3, async (cluster, heard) =>
    {
        await cluster.Silos[2].AskAsync(static grains => grains.GetGrain<IFollowerGrain>("b").BeAsync());

        await Stream(cluster, 0, "implicit", "b").OnNextBatchAsync(Enumerable.Range(0, 50).Select(static number => new Note(number)));
        await cluster.DelayAsync(Delivered);

        heard.By("b").ShouldBe(Enumerable.Range(0, 50));
        heard.SilosOf("b").ShouldBe(["silo 2"]);
    });

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public Task Subscribers_OfASiloThatDied_HearLaterEventsElsewhere(ulong seed) => RunAsync(seed, async (cluster, heard) =>
    {
        await cluster.Silos[1].AskAsync(static grains => Listener(grains, "lost@c").ListenAsync("c"));
        await cluster.Silos[1].AskAsync(static grains => grains.GetGrain<IFollowerGrain>("c").BeAsync());
        await PublishAsync(cluster, "c", 1);
        cluster.Silos[1].Crash(noticed: seed % 2 == 0);

        // One meets the dead silo, one comes after its death is known.
        await PublishAsync(cluster, "c", 2);
        await cluster.DelayAsync(Recovered);
        await PublishAsync(cluster, "c", 3);
        await cluster.DelayAsync(Delivered);

        // At least once: what the dead silo took last, it may have taken without a word.
        heard.By("lost@c").Distinct().ShouldBe([1, 2, 3]);
        heard.By("c").Distinct().ShouldBe([1, 2, 3]);
        heard.SilosOf("lost@c").ShouldNotBe(["silo 1"]);
    });

    [Fact]
    public Task Subscriptions_OutliveEverySilo() => RunAsync(7, async (cluster, heard) =>
    {
        await cluster.Silos[1].AskAsync(static grains => Listener(grains, "d").ListenAsync("d"));
        for (var silo = 0; silo < 3; silo++)
        {
            cluster.Silos[silo].Crash();
            await cluster.DelayAsync(Recovered);
            await cluster.Silos[silo].StartAsync();
        }

        await Stream(cluster, 2, "explicit", "d").OnNextAsync(new Note(1));
        await cluster.DelayAsync(Delivered);

        heard.By("d").ShouldBe([1]);
    });

    [Fact]
    public Task Subscriber_ThatRests_IsActivatedByTheNextEvent() => RunAsync(8, async (cluster, heard) =>
    {
        await cluster.Silos[1].AskAsync(static grains => Listener(grains, "e").ListenAsync("e"));
        await cluster.Silos[1].AskAsync(static grains => Listener(grains, "e").RestAsync());

        await Stream(cluster, 0, "explicit", "e").OnNextAsync(new Note(1));
        await cluster.DelayAsync(Delivered);

        heard.By("e").ShouldBe([1]);
    });

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public Task Changes_AreKnownToAllProducers_WhenTheyAreAcknowledged(ulong seed) => RunAsync(seed, async (cluster, heard) =>
    {
        for (var round = 0; round < 10; round++)
        {
            await cluster.Silos[1].AskAsync(static grains => Listener(grains, "f").ListenAsync("f"));
            await Stream(cluster, round % 3, "explicit", "f").OnNextAsync(new Note(round));
            await cluster.DelayAsync(Delivered);
            await cluster.Silos[2].AskAsync(static grains => Listener(grains, "f").StopListeningAsync("f"));
            await Stream(cluster, (round + 1) % 3, "explicit", "f").OnNextAsync(new Note(-round - 1));
            await cluster.DelayAsync(Delivered);
        }

        heard.By("f").ShouldBe(Enumerable.Range(0, 10));
    });

    [Fact]
    public Task SiloThatLeaves_FirstGivesAwayWhatItHasTaken() => RunAsync(12, async (cluster, heard) =>
    {
        await cluster.Silos[1].AskAsync(static grains => Listener(grains, "g").ListenAsync("g"));

        await Stream(cluster, 0, "explicit", "g").OnNextBatchAsync(Enumerable.Range(0, 100).Select(static number => new Note(number)));
        await cluster.Silos[0].StopAsync();

        heard.By("g").ShouldBe(Enumerable.Range(0, 100));
    });

    [Fact]
    public Task ClientOfASilo_HearsOtherSilos_UntilItsSiloIsDead() => RunAsync(13, async (cluster, heard) =>
    {
        await Stream(cluster, 2, "explicit", "h").SubscribeAsync((item, _) =>
        {
            heard.Add("client", "silo 2", item.Number);
            return Task.CompletedTask;
        });
        await Stream(cluster, 0, "explicit", "h").OnNextAsync(new Note(1));
        await cluster.DelayAsync(Delivered);
        heard.By("client").ShouldBe([1]);
        (await Rendezvous(cluster, "h").ReadAsync()).Count.ShouldBe(1);

        cluster.Silos[2].Crash();
        await cluster.DelayAsync(Recovered);
        await Stream(cluster, 0, "explicit", "h").OnNextAsync(new Note(2));
        await cluster.DelayAsync(Recovered);

        (await Rendezvous(cluster, "h").ReadAsync()).ShouldBeEmpty();
    });

    [Fact]
    public Task NoStore_IsSaidToWhoSubscribes_AndNothingToOthers() => RunAsync(
        14,
        async (cluster, heard) =>
        {
            var refused = await Should.ThrowAsync<BadProviderConfigException>(() =>
                cluster.Silos[1].AskAsync(static grains => Listener(grains, "i").ListenAsync("i")));
            refused.Message.ShouldContain("PubSubStore");

            await Stream(cluster, 0, "implicit", "i").OnNextAsync(new Note(1));
            await cluster.DelayAsync(Delivered);
            heard.By("i").ShouldBe([1]);
        },
        hasStore: false);

    [Fact]
    public async Task Seed_RunTwice_DoesTheSame()
    {
        var traces = new List<SimulationTrace>();
        for (var run = 0; run < 2; run++)
        {
            traces.Add(await RunAsync(15, async (cluster, _) =>
            {
                await cluster.Silos[1].AskAsync(static grains => Listener(grains, "j").ListenAsync("j"));
                var published = Enumerable.Range(0, 20).Select(number => Stream(cluster, number % 3, "explicit", "j").OnNextAsync(new Note(number)));
                await AllAsync([.. published]);
                cluster.Silos[1].Crash();
                await PublishAsync(cluster, "j", 20);
                await cluster.DelayAsync(Recovered);
            }));
        }

        SimulationTrace.FirstDifference(traces[0], traces[1]).ShouldBeNull();
    }

    private static Task<SimulationTrace> RunAsync(ulong seed, Func<SimulatedCluster, Heard, Task> body, bool hasStore = true)
    {
        var heard = new Heard();
        return SimulatedCluster.RunAsync(
            seed,
            (_, silo) =>
            {
                silo.AddMemoryStreams("streams").AddMemoryGrainStorageAsDefault();
                silo.Services.AddSingleton(heard);
                if (hasStore)
                {
                    silo.AddMemoryGrainStorage("PubSubStore");
                }
            },
            cluster => body(cluster, heard),
            new SimulationOptions { Silos = 3 });
    }

    private static async Task AllAsync(IReadOnlyList<Task> tasks)
    {
        foreach (var task in tasks)
        {
            await task;
        }
    }

    private static async Task PublishAsync(SimulatedCluster cluster, string key, int number)
    {
        await Stream(cluster, 0, "explicit", key).OnNextAsync(new Note(number));
        await Stream(cluster, 0, "implicit", key).OnNextAsync(new Note(number));
        await cluster.DelayAsync(Delivered);
    }

    private static IAsyncStream<Note> Stream(SimulatedCluster cluster, int silo, string space, string key) =>
        cluster.Silos[silo].Services.GetRequiredKeyedService<IStreamProvider>("streams").GetStream<Note>(StreamId.Create(space, key));

    private static IListenerGrain Listener(IGrainFactory grains, string key) => grains.GetGrain<IListenerGrain>(key);

    private static Runtime.Streams.IStreamRendezvousGrain Rendezvous(SimulatedCluster cluster, string key) =>
        cluster.Silos[0].Grains.GetGrain<Runtime.Streams.IStreamRendezvousGrain>(
            new Runtime.Streams.StreamAddress("streams", StreamId.Create("explicit", key)).ToGrainId());
}
