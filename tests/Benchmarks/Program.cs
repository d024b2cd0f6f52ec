using System.Globalization;
using ActorShop.Benchmarks;
using ActorShop.Benchmarks.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// What the in-process rows of the figures are on this machine: dotnet run -c Release --project tests/Benchmarks [seconds] [passes] [row]
// What SQLite takes: … storage <grains>. What PostgreSQL takes: … postgres <grains> <writes per round trip> <writers>
if (args is ["storage", var grains])
{
    await WriteBenchmark.SqliteAsync(int.Parse(grains, CultureInfo.InvariantCulture));
    return;
}

if (args is ["postgres", .. var figures] && figures.Select(static f => int.Parse(f, CultureInfo.InvariantCulture)).ToArray() is [var many, var batch, var writers])
{
    await WriteBenchmark.PostgresAsync(many, batch, writers);
    return;
}

const int SiloPort = 11_112;
const int GatewayPort = 30_001;

var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 3;
var passes = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
var only = args.Length > 2 ? args[2] : "";

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.UseOrleans(static silo => silo
    .UseLocalhostClustering(SiloPort, GatewayPort).AddMemoryGrainStorageAsDefault().AddMemoryGrainStorage("PubSubStore").AddMemoryStreams(EventBenchGrain.Events));
using var host = builder.Build();
await host.StartAsync();

var rows = new Rows(host.Services.GetRequiredService<IClusterClient>(), TimeSpan.FromSeconds(seconds), passes);
await rows.RunAsync(only);

var outside = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
outside.Logging.SetMinimumLevel(LogLevel.Warning);
outside.UseOrleansClient(static client => client.UseLocalhostClustering(GatewayPort));
using (var client = outside.Build())
{
    await client.StartAsync();
    var fromOutside = new Rows(client.Services.GetRequiredService<IClusterClient>(), TimeSpan.FromSeconds(seconds), passes);
    await fromOutside.RunFromOutsideAsync(only);
    await client.StopAsync();
}

await host.StopAsync();

using var one = TwoSilos.Build(0);
using var two = TwoSilos.Build(1);
await one.StartAsync();
await two.StartAsync();
var across = new Rows(one.Services.GetRequiredService<IGrainFactory>(), TimeSpan.FromSeconds(seconds), passes);
await across.RunAcrossAsync(only, two.Services.GetRequiredService<IGrainFactory>());
await two.StopAsync();
await one.StopAsync();
