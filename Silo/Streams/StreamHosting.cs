using ActorShop.Catalog;

namespace ActorShop.Silo.Streams;

/// <summary>The stream of catalogue changes: events in memory, subscriptions in a store.</summary>
internal static class StreamHosting
{
    // Orleans looks for the store of subscriptions under this name.
    private const string Subscriptions = "PubSubStore";

    // One queue carries more changes than a catalogue has, and each queue is polled all the time.
    private const int Queues = 1;

    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>Adds the stream to the only silo of a shop: subscriptions end with the process, as subscribers do.</summary>
    public static ISiloBuilder AddCatalogueStream(this ISiloBuilder silo) =>
        silo.AddMemoryGrainStorage(Subscriptions).AddStream();

    /// <summary>Adds the stream to a silo of a cluster: subscriptions are in PostgreSQL, so that APIs keep theirs when a silo ends.</summary>
    public static ISiloBuilder AddCatalogueStream(this ISiloBuilder silo, string driver, string? connectionString) => silo
        .AddAdoNetGrainStorage(Subscriptions, storage => (storage.Invariant, storage.ConnectionString) = (driver, connectionString!))
        .AddStream();

    public static IClientBuilder AddCatalogueStream(this IClientBuilder client) =>
        client.AddMemoryStreams(ProductChanged.Provider, static stream => stream.ConfigurePartitioning(Queues));

    private static ISiloBuilder AddStream(this ISiloBuilder silo) => silo.AddMemoryStreams(ProductChanged.Provider, static stream =>
    {
        stream.ConfigurePartitioning(Queues);
        stream.ConfigurePullingAgent(static agent => agent.Configure(static options => options.GetQueueMsgsTimerPeriod = PollPeriod));
    });
}
