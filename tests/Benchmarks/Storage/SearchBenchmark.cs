using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ActorShop.Cluster;
using ActorShop.Reporting;
using ActorShop.Storage;
using ActorShop.Storage.Writer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Storage;

namespace ActorShop.Benchmarks.Storage;

/// <summary>
/// Goal: how long a search of two words takes over many products.
/// </summary>
/// <remarks>
/// Method: names of four words and a number, drawn with Zipf's frequencies; one client asks for pairs of words drawn alike, the first page by
/// name with its facets. 200 searches to warm up, 2,000 counted. Also how long it takes to make the read models anew. PostgreSQL has statistics, which
/// its autovacuum would take within a minute.
/// </remarks>
internal static class SearchBenchmark
{
    private static readonly string[] Qualities =
        ["Small", "Large", "Vintage", "Hand-made", "Heavy", "Light", "Round", "Square", "Café", "Décor", "Retro", "Classic", "Modern", "Rustic", "Große", "Kleine", "Mini", "Jumbo", "Striped", "Spotted"];

    private static readonly string[] Colours =
        ["White", "Red", "Blue", "Black", "Green", "Pink", "Grey", "Ivory", "Gold", "Silver", "Crème", "Türkis", "Orange", "Purple", "Brown", "Yellow"];

    private static readonly string[] Materials =
        ["Metal", "Glass", "Paper", "Wood", "Ceramic", "Cotton", "Porcelain", "Enamel", "Leather", "Wool", "Wicker", "Zinc", "Felt", "Silk", "Résine", "Marble"];

    private static readonly string[] Nouns =
    [
        "Bag", "Heart", "Box", "Lamp", "Mug", "Holder", "Clock", "Frame", "Tin", "Bowl", "Plate", "Candle", "Cushion", "Bottle", "Sign", "Basket", "Jar", "Tray", "Teapot", "Hook",
        "Napkin", "Mirror", "Ornament", "Lantern", "Apron", "Doormat", "Garland", "Käsebrett", "Vase", "Spoon", "Jug", "Stool", "Shelf", "Ribbon", "Notebook", "Umbrella", "Purse", "Blanket", "Kettle", "Coaster",
    ];

    public static async Task SqliteAsync(int products)
    {
        var folder = Directory.CreateTempSubdirectory("actorshop-bench-");
        await RunAsync("SQLite", products, services => services.AddSqliteStorage(options => options.Path = Path.Combine(folder.FullName, "shop.db")), static () => Task.CompletedTask);
        folder.Delete(recursive: true);
    }

    public static async Task PostgresAsync(int products)
    {
        await using var server = await PostgresServer.StartNewAsync("max_wal_size=4GB");
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await RunAsync(
            "PostgreSQL",
            products,
            services => services.AddPostgresShopStorage(server.ConnectionString("postgres"), static options => options.MigrateAtStart = true),
            async () =>
            {
                await using var vacuum = source.CreateCommand("vacuum analyze");
                await vacuum.ExecuteNonQueryAsync();
            });
    }

    /// <summary>Fills the read models of an empty database, so that a shop on it lists the products.</summary>
    /// <remarks>The products and stocks are rows of lists and events alone: reading one by its id finds nothing.</remarks>
    public static Task FillAsync(int products, string connectionString) => WithModelsAsync(
        services => services.AddPostgresShopStorage(connectionString, static options => options.MigrateAtStart = true),
        async (models, storage) =>
        {
            await FillAsync(storage, products);
            await Console.Error.WriteLineAsync($"{TimeProvider.System.GetLocalNow():T} {products} products written, making the read models");
            await models.RebuildAsync("reporting");
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var vacuum = source.CreateCommand("vacuum analyze");
            vacuum.CommandTimeout = 0;
            await vacuum.ExecuteNonQueryAsync();
        });

    /// <summary>Searches of two words each, drawn like those of the benchmark.</summary>
    public static IEnumerable<string> DrawSearches(int count)
    {
        var random = new Random(2);
        return Enumerable.Range(0, count).Select(_ => $"{Draw(random, Colours)} {Draw(random, Nouns)}");
    }

    private static async Task WithModelsAsync(Action<IServiceCollection> addStorage, Func<IReadModels, IGrainStorage, Task> run)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        addStorage(services);
        await using var provider = services.BuildServiceProvider();
        await run(provider.GetRequiredService<IReadModels>(), provider.GetRequiredService<IGrainStorage>());
    }

    private static Task RunAsync(string name, int products, Action<IServiceCollection> addStorage, Func<Task> settle) => WithModelsAsync(addStorage, async (models, storage) =>
    {
        await FillAsync(storage, products);
        var watch = Stopwatch.StartNew();
        await models.RebuildAsync("reporting");
        var rebuilt = watch.Elapsed;
        await settle();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {products:N0} products, made anew in {rebuilt.TotalSeconds:F1} s"));

        var random = new Random(2);
        await MeasureAsync(models, "two words", () => $"{Draw(random, Colours)} {Draw(random, Nouns)}", 200, 2_000);
        await MeasureAsync(models, "two words, parts of them", () => $"{Draw(random, Materials)[..3]} {Draw(random, Nouns)[^3..]}", 20, 500);
        await MeasureAsync(models, "two words without hit", () => $"{Draw(random, Colours)} xylophone", 20, 500);
        await MeasureAsync(models, "the two commonest words", static () => $"{Colours[0]} {Nouns[0]}", 20, 200);
        await MeasureAsync(models, "the commonest word", static () => Colours[0], 20, 100);
        await MeasureAsync(models, "two letters", static () => "ug", 5, 50);
        await MeasureAsync(models, "everything by name", static () => string.Empty, 5, 50);
    });

    private static async Task MeasureAsync(IReadModels models, string name, Func<string> draw, int warm, int counted)
    {
        var searches = new (double Time, int Hits, string Text)[counted];
        for (var i = -warm; i < counted; i++)
        {
            var text = draw();
            var watch = Stopwatch.StartNew();
            var found = await models.FindProductsAsync(new ProductQuery(text, null, "GBP", null, null, null, "name", null, 25));
            if (i >= 0)
            {
                searches[i] = (watch.Elapsed.TotalMilliseconds, found.Categories.Sum(static facet => facet.Count), text);
            }
        }

        Array.Sort(searches);
        var hits = searches.Select(static search => search.Hits).Order().ToArray();
        var slowest = searches[counted * 99 / 100];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name}: p50 {searches[counted / 2].Time:F2} ms, p99 {slowest.Time:F2} ms (\"{slowest.Text}\", {slowest.Hits:N0}); hits: median {hits[counted / 2]:N0}, most {hits[^1]:N0}"));
    }

    private static async Task FillAsync(IGrainStorage storage, int products)
    {
        var random = new Random(1);
        var drawn = Enumerable.Range(0, products).Select(n => (
            Number: n,
            Name: string.Create(CultureInfo.InvariantCulture, $"{Draw(random, Qualities)} {Draw(random, Colours)} {Draw(random, Materials)} {Draw(random, Nouns)} {n % 97}"),
            Price: random.Next(100, 10_000))).ToArray();
        await Parallel.ForEachAsync(drawn, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (product, _) =>
        {
            var (number, name, price) = product;
            var sku = string.Create(CultureInfo.InvariantCulture, $"SKU-{number:D6}");
            var id = string.Create(CultureInfo.InvariantCulture, $"prod_{number:D6}");
            await AppendAsync(storage, id, "stored", $$$"""
                {"kind":"stored","product":{"id":"{{{id}}}","name":"{{{name}}}","description":"","category":"c{{{number % 50}}}","attributes":{},"variants":[{"sku":"{{{sku}}}","prices":[{"amount":{{{price}}},"currency":"GBP"}],"options":{}}],"archived":false,"createdAt":"2026-01-01T00:00:00+00:00","updatedAt":"2026-01-01T00:00:00+00:00","version":1}}
                """);
            await AppendAsync(storage, $"sku/{sku}", "policy-changed", $$$"""
                {"kind":"policy-changed","policy":"{{{(number % 9 == 0 ? "backorder" : "tracked")}}}","backorderLimit":{{{(number % 9 == 0 ? 5 : 0)}}},"at":"2026-01-01T00:00:00+00:00","delta":0,"onHand":{{{number % 7}}},"reserved":0}
                """);
        });
    }

    private static async Task AppendAsync(IGrainStorage storage, string stream, string type, string data)
    {
        var state = new GrainState<EntityRecord<Jar, JsonObject>>(new EntityRecord<Jar, JsonObject>
        {
            Sequence = 1,
            Events = [new(1, TimeProvider.System.GetUtcNow(), type, Reference: null, JsonNode.Parse(data)!.AsObject())],
        });
        await storage.WriteStateAsync("bench", GrainId.Create("bench", stream), state);
    }

    // The nth word comes 1/n as often as the first.
    private static string Draw(Random random, string[] words)
    {
        var weight = random.NextDouble() * Enumerable.Range(1, words.Length).Sum(static n => 1.0 / n);
        var place = 0;
        while (place < words.Length - 1 && (weight -= 1.0 / (place + 1)) > 0)
        {
            place++;
        }

        return words[place];
    }
}
