using System.Globalization;
using ActorShop;
using ActorShop.Storage;
using ActorShop.Storage.Writer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

// Usage: Storage.Writer <database> <grains>. Each grain writes without end; each acknowledged version is a line.
var services = new ServiceCollection();
services.AddLogging(static logging => logging.ClearProviders());
services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
services.AddSqliteStorage(options => options.Path = args[0]);
await using var provider = services.BuildServiceProvider();
var storage = provider.GetRequiredService<IGrainStorage>();
await Task.WhenAll(Enumerable.Range(0, int.Parse(args[1], CultureInfo.InvariantCulture)).Select(FillForEverAsync));

async Task FillForEverAsync(int number)
{
    var grain = GrainId.Parse($"jar/jar-{number}", CultureInfo.InvariantCulture);
    var state = new GrainState<EntityRecord<Jar, JarEvent>>();
    await storage.ReadStateAsync("jar", grain, state);
    while (true)
    {
        state.State = Jars.Next(state.State!, TimeProvider.System.GetUtcNow());
        await storage.WriteStateAsync("jar", grain, state);
        await Console.Out.WriteLineAsync($"{number} {state.ETag}");
    }
}
