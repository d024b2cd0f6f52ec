using ActorShop.Runtime.Diagnostics;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Lifecycle;
using ActorShop.Runtime.Live;
using ActorShop.Runtime.Membership;
using ActorShop.Runtime.Networking;
using ActorShop.Runtime.Scheduling;
using ActorShop.Runtime.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;

namespace Microsoft.Extensions.Hosting;

/// <summary>Makes a host a silo.</summary>
public static class OrleansSiloGenericHostExtensions
{
    /// <summary>Hosts a silo, and its hosted client: IGrainFactory and IClusterClient from the host's services.</summary>
    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<HostBuilderContext, ISiloBuilder> configureDelegate) =>
        hostBuilder.ConfigureServices((context, services) =>
            configureDelegate(context, AddSilo(services, context.Configuration)));

    /// <inheritdoc cref="UseOrleans(IHostBuilder, Action{HostBuilderContext, ISiloBuilder})"/>
    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate) =>
        hostBuilder.UseOrleans((_, silo) => configureDelegate(silo));

    /// <inheritdoc cref="UseOrleans(IHostBuilder, Action{HostBuilderContext, ISiloBuilder})"/>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder) =>
        hostAppBuilder.UseOrleans(static _ => { });

    /// <inheritdoc cref="UseOrleans(IHostBuilder, Action{HostBuilderContext, ISiloBuilder})"/>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        configureDelegate(AddSilo(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    internal static ISiloBuilder AddSilo(IServiceCollection services, IConfiguration configuration)
    {
        var builder = new SiloBuilder(services, configuration);
        if (services.Any(static service => service.ServiceType == typeof(SiloRuntime)))
        {
            return builder;
        }

        AddEngine(services);
        services.AddHostedService<SiloService>();
        services.AddSingleton<IHealthCheckParticipant, LeaseHealth>();
        return builder;
    }

    /// <summary>What a silo and a client have in common: whoever hosts it is added by the caller.</summary>
    internal static void AddEngine(IServiceCollection services)
    {
        services.AddOptions();
        services.AddLogging();
        services.AddMetrics();
        services.AddOptions<EngineLimits>().BindConfiguration(EngineLimits.Section).ValidateDataAnnotations().ValidateOnStart();

        services.AddOptions<NetworkOptions>().BindConfiguration(NetworkOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // The seams. Whoever registered another half before is left alone.
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITurnSink, LiveTurnSink>();
        services.TryAddSingleton(static _ => LiveSeams.Chance());
        services.TryAddSingleton<ITransport>(LiveNetwork.OfSilo);
        services.TryAddSingleton(static _ => LiveSeams.Environment());
        services.TryAddSingleton<IProcessLife>(static provider => new HostLife(provider));

        services.TryAddSingleton<EngineInstruments>();
        services.TryAddSingleton<MembershipLog>();
        services.TryAddSingleton<IMembershipLog>(static provider => provider.GetRequiredService<MembershipLog>());
        services.TryAddSingleton(static _ => new GrainManifests(GrainManifests.Discover()));
        services.TryAddSingleton<ActorShop.Runtime.Serialization.ICodecProvider>(
            static provider => new ActorShop.Runtime.Serialization.CodecProvider(provider.GetRequiredService<GrainManifests>().Manifests));
        services.TryAddSingleton<SiloRuntime>();
        services.TryAddSingleton<SiloLifecycle>();
        services.TryAddSingleton<ISiloLifecycle>(static provider => provider.GetRequiredService<SiloLifecycle>());
        services.TryAddSingleton<IGrainRuntime>(static provider => provider.GetRequiredService<SiloRuntime>());
        services.TryAddSingleton<IGrainContextAccessor>(static provider => provider.GetRequiredService<SiloRuntime>());
        services.TryAddSingleton<IClusterClient>(static provider => provider.GetRequiredService<SiloRuntime>().GrainFactory);
        services.TryAddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<SiloRuntime>().GrainFactory);
        services.TryAddSingleton<ITimerRegistry>(static provider => provider.GetRequiredService<SiloRuntime>().TimerRegistry);
        services.TryAddSingleton<PersistentStates>();
        services.TryAddSingleton<IPersistentStateFactory>(static provider => provider.GetRequiredService<PersistentStates>());
        services.TryAddSingleton<IAttributeToFactoryMapper<PersistentStateAttribute>>(
            static provider => provider.GetRequiredService<PersistentStates>());
    }

    private sealed class SiloBuilder(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration => configuration;
    }
}
