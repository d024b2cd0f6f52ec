using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Orleans.Hosting;

/// <summary>Streams in memory.</summary>
public static class SiloBuilderMemoryStreamExtensions
{
    /// <summary>Adds streams whose events are kept in memory until they are taken, and end with the process.</summary>
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name)
    {
        builder.Services.AddKeyedSingleton<IStreamProvider>(name, static (services, key) => new MemoryStreamProvider(
            (string)key!, services.GetRequiredService<SiloRuntime>(), services.GetRequiredService<ILogger<MemoryStreamProvider>>()));
        return builder;
    }
}
