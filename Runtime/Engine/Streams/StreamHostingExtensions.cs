using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Hosting;

/// <summary>Streams in memory.</summary>
public static class SiloBuilderMemoryStreamExtensions
{
    /// <summary>Adds streams whose events are kept in memory until they are taken, and end with the process.</summary>
    /// <remarks>Explicit subscriptions are kept in the grain storage of this name, else in that named <c>PubSubStore</c>; one of them has to be there.</remarks>
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name)
    {
        builder.Services.AddKeyedSingleton<IStreamProvider>(name, static (services, key) => new MemoryStreamProvider(
            (string)key!, services.GetRequiredService<SiloRuntime>(), services.GetRequiredService<ILogger<MemoryStreamProvider>>()));
        builder.Services.AddSingleton(services =>
            (ILifecycleParticipant<ISiloLifecycle>)services.GetRequiredKeyedService<IStreamProvider>(name));
        return builder;
    }
}

/// <summary>Streams in memory, from outside.</summary>
public static class ClientBuilderMemoryStreamExtensions
{
    /// <summary>Adds the streams that the silos have under this name.</summary>
    public static IClientBuilder AddMemoryStreams(this IClientBuilder builder, string name)
    {
        builder.Services.AddKeyedSingleton<IStreamProvider>(name, static (services, key) => new MemoryStreamProvider(
            (string)key!,
            services.GetRequiredService<SiloRuntime>(),
            services.GetRequiredService<ILogger<MemoryStreamProvider>>(),
            isOutside: true));
        return builder;
    }
}
