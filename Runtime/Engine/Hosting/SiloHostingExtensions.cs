using System.Net;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Serialization;
using ActorShop.Runtime.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace Orleans.Hosting;

/// <summary>Clustering of one machine.</summary>
public static class CoreHostingExtensions
{
    /// <summary>A silo by itself.</summary>
    /// <remarks>
    /// It listens for clients where a gateway port other than Orleans' default is stated, or <c>ConfigureEndpoints</c> is called:
    /// many silos in one process, or on one machine, are tests more often than not, and need no port.
    /// </remarks>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = 11_111,
        int gatewayPort = 30_000,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        _ = primarySiloEndpoint;
        if (gatewayPort is EndpointOptions.DEFAULT_GATEWAY_PORT or 0)
        {
            EndpointOptionsExtensions.Place(builder, IPAddress.Loopback, siloPort, gatewayPort, listenOnAnyHostAddress: false);
        }
        else
        {
            builder.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort);
        }

        builder.Services.PostConfigure<ClusterOptions>(options =>
        {
            options.ServiceId = string.IsNullOrWhiteSpace(options.ServiceId) ? serviceId : options.ServiceId;
            options.ClusterId = string.IsNullOrWhiteSpace(options.ClusterId) ? clusterId : options.ClusterId;
        });
        return builder;
    }
}

/// <summary>Storage in memory.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    /// <summary>Keeps states that name this provider in memory: they end with the process.</summary>
    public static ISiloBuilder AddMemoryGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null)
    {
        configureOptions?.Invoke(builder.Services.AddOptions<MemoryGrainStorageOptions>(name));
        builder.Services.AddGrainStorage(name, static (services, key) => new MemoryGrainStorage(
            services.GetRequiredService<IOptionsMonitor<MemoryGrainStorageOptions>>().Get(key),
            services.GetRequiredService<ICodecProvider>(),
            services.GetRequiredService<IOptions<EngineLimits>>().Value));
        return builder;
    }

    /// <inheritdoc cref="AddMemoryGrainStorage(ISiloBuilder, string, Action{OptionsBuilder{MemoryGrainStorageOptions}})"/>
    public static ISiloBuilder AddMemoryGrainStorage(
        this ISiloBuilder builder, string name, Action<MemoryGrainStorageOptions> configureOptions) =>
        builder.AddMemoryGrainStorage(name, options => options.Configure(configureOptions));

    /// <summary>Keeps states that name no provider in memory.</summary>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(
        this ISiloBuilder builder, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null) =>
        builder.AddMemoryGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    /// <inheritdoc cref="AddMemoryGrainStorageAsDefault(ISiloBuilder, Action{OptionsBuilder{MemoryGrainStorageOptions}})"/>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(
        this ISiloBuilder builder, Action<MemoryGrainStorageOptions> configureOptions) =>
        builder.AddMemoryGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);
}
