using System.Diagnostics;
using System.Globalization;
using ActorShop.Cluster;
using ActorShop.Storage;
using ActorShop.Storage.Writer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace ActorShop.Benchmarks.Storage;

/// <summary>
/// Goal: how many grains' writes a second a database takes, and what one costs.
/// </summary>
/// <remarks>
/// Method: each grain writes, waits for the flush and writes again; a write is head, one event, one outbox row, two postings
/// and a due time. Two seconds to warm up, five counted. The processor's time is that of the whole process, and that of the
/// PostgreSQL, which is the benchmark's own and flushes as a real one does.
/// </remarks>
internal static class WriteBenchmark
{
    public static async Task SqliteAsync(int grains)
    {
        var folder = Directory.CreateTempSubdirectory("actorshop-bench-");
        await RunAsync("SQLite", grains, server: null, services => services.AddSqliteStorage(options => options.Path = Path.Combine(folder.FullName, "shop.db")));
        folder.Delete(recursive: true);
    }

    public static async Task PostgresAsync(int grains, int batch, int writers)
    {
        await using var server = await PostgresServer.StartNewAsync("shared_buffers=256MB", "max_wal_size=4GB");
        var name = batch == 1 ? "PostgreSQL, one write per round trip" : string.Create(CultureInfo.InvariantCulture, $"PostgreSQL, {writers} writers");
        await RunAsync(name, grains, server, services => services.AddPostgresShopStorage(server.ConnectionString("postgres"), options =>
        {
            options.MigrateAtStart = true;
            options.BatchLimit = batch;
            options.Writers = writers;
            options.Connections = 100;
        }));
    }

    private static async Task RunAsync(string name, int grains, PostgresServer? server, Action<IServiceCollection> addStorage)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        addStorage(services);
        await using var provider = services.BuildServiceProvider();
        var storage = provider.GetRequiredService<IGrainStorage>();
        var counts = new long[grains];
        using var stopping = new CancellationTokenSource();
        var writers = Enumerable.Range(0, grains).Select(n => WriteAsync(storage, n, counts, stopping.Token)).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var (before, cpuBefore, serverBefore, watch) = (counts.Sum(), Environment.CpuUsage.TotalTime, server?.ProcessorTime, Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        var (writes, cpu, ofServer, elapsed) = (counts.Sum() - before, Environment.CpuUsage.TotalTime - cpuBefore, server?.ProcessorTime - serverBefore, watch.Elapsed);
        await stopping.CancelAsync();
        await Task.WhenAll(writers);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, {grains} grains: {writes / elapsed.TotalSeconds:N0} writes/s, {cpu.TotalMilliseconds / writes:F4} ms of processor each{(ofServer is { } used ? $", the server's {used.TotalMilliseconds / writes:F4} ms" : "")}"));
    }

    private static async Task WriteAsync(IGrainStorage storage, int number, long[] counts, CancellationToken stopping)
    {
        var grain = GrainId.Parse($"jar/jar-{number}", CultureInfo.InvariantCulture);
        var state = new GrainState<EntityRecord<Jar, JarEvent>>();
        await storage.ReadStateAsync("jar", grain, state);
        while (!stopping.IsCancellationRequested)
        {
            var now = TimeProvider.System.GetUtcNow();
            state.State = Jars.Next(state.State!, now, now, "filling");
            await storage.WriteStateAsync("jar", grain, state);
            counts[number]++;
        }
    }
}
