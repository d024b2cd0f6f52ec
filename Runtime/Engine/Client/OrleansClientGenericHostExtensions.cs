using System.Net;
using ActorShop.Runtime.Client;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Live;
using ActorShop.Runtime.Networking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Messaging;
using Orleans.Runtime;

namespace Microsoft.Extensions.Hosting
{
    /// <summary>Makes a host a client of a cluster.</summary>
    public static class OrleansClientGenericHostExtensions
    {
        /// <summary>Connects to a cluster: IGrainFactory and IClusterClient from the host's services.</summary>
        /// <exception cref="InvalidOperationException">The host is a silo already, whose hosted client needs no connection.</exception>
        public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder, Action<HostBuilderContext, IClientBuilder> configureDelegate) =>
            hostBuilder.ConfigureServices((context, services) => configureDelegate(context, AddClient(services, context.Configuration)));

        /// <inheritdoc cref="UseOrleansClient(IHostBuilder, Action{HostBuilderContext, IClientBuilder})"/>
        public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder, Action<IClientBuilder> configureDelegate) =>
            hostBuilder.UseOrleansClient((_, client) => configureDelegate(client));

        /// <inheritdoc cref="UseOrleansClient(IHostBuilder, Action{HostBuilderContext, IClientBuilder})"/>
        public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder) => hostBuilder.UseOrleansClient(static (_, _) => { });

        /// <inheritdoc cref="UseOrleansClient(IHostBuilder, Action{HostBuilderContext, IClientBuilder})"/>
        public static IHostApplicationBuilder UseOrleansClient(this IHostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
        {
            configureDelegate(AddClient(hostAppBuilder.Services, hostAppBuilder.Configuration));
            return hostAppBuilder;
        }

        /// <inheritdoc cref="UseOrleansClient(IHostBuilder, Action{HostBuilderContext, IClientBuilder})"/>
        public static IHostApplicationBuilder UseOrleansClient(this IHostApplicationBuilder hostAppBuilder) =>
            hostAppBuilder.UseOrleansClient(static _ => { });

        /// <inheritdoc cref="UseOrleansClient(IHostBuilder, Action{HostBuilderContext, IClientBuilder})"/>
        public static IServiceCollection AddOrleansClient(this IServiceCollection services, IConfiguration configuration, Action<IClientBuilder> configureDelegate)
        {
            configureDelegate(AddClient(services, configuration));
            return services;
        }

        private static ClientBuilder AddClient(IServiceCollection services, IConfiguration configuration)
        {
            var builder = new ClientBuilder(services, configuration);
            if (services.Any(static service => service.ServiceType == typeof(ClientConnections)))
            {
                return builder;
            }

            if (services.Any(static service => service.ServiceType == typeof(SiloRuntime)))
            {
                throw new InvalidOperationException("The host is a silo: its IClusterClient is the hosted client, and UseOrleansClient is not for it.");
            }

            // The same engine as a silo's, without grains of its own.
            services.AddSingleton(static _ => new GrainManifests(GrainManifests.Discover(), withClasses: false));
            services.TryAddSingleton<ITransport>(LiveNetwork.OfClient);
            OrleansSiloGenericHostExtensions.AddEngine(services);
            services.PostConfigure<SiloOptions>(static options => options.SiloName = "Client");
            services.AddOptions<SiloMessagingOptions>().Configure<IOptions<ClientMessagingOptions>>(static (engine, client) => engine.Take(client.Value));
            services.TryAddSingleton<IGatewayListProvider>(static provider => provider.GetService<IMembershipTable>() is { } table
                ? new MembershipGateways(table, provider.GetRequiredService<IOptions<GatewayOptions>>())
                : throw new OrleansConfigurationException("The client has no list of gateways: call UseLocalhostClustering or UseStaticClustering."));
            services.TryAddSingleton<ClientConnections>();
            services.AddSingleton<IHealthCheckParticipant, GatewayHealth>();
            services.AddHostedService<ClientService>();
            return builder;
        }

        private sealed class ClientBuilder(IServiceCollection services, IConfiguration configuration) : IClientBuilder
        {
            public IServiceCollection Services => services;

            public IConfiguration Configuration => configuration;
        }
    }
}

namespace Orleans.Hosting
{
    /// <summary>Says where a client's gateways are.</summary>
    public static class ClientClusteringExtensions
    {
        /// <summary>The gateway of a silo on this machine.</summary>
        public static IClientBuilder UseLocalhostClustering(
            this IClientBuilder builder, int gatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT, string serviceId = "dev", string clusterId = "dev") =>
            builder.UseLocalhostClustering([gatewayPort], serviceId, clusterId);

        /// <summary>The gateways of silos on this machine.</summary>
        public static IClientBuilder UseLocalhostClustering(
            this IClientBuilder builder, int[] gatewayPorts, string serviceId = "dev", string clusterId = "dev")
        {
            builder.Services.PostConfigure<ClusterOptions>(options =>
            {
                options.ServiceId = string.IsNullOrWhiteSpace(options.ServiceId) ? serviceId : options.ServiceId;
                options.ClusterId = string.IsNullOrWhiteSpace(options.ClusterId) ? clusterId : options.ClusterId;
            });
            return builder.UseStaticClustering([.. gatewayPorts.Select(static port => new IPEndPoint(IPAddress.Loopback, port))]);
        }

        /// <summary>These gateways.</summary>
        public static IClientBuilder UseStaticClustering(this IClientBuilder builder, params IPEndPoint[] endpoints) =>
            builder.UseStaticClustering((StaticGatewayListProviderOptions options) => options.Gateways = [.. endpoints.Select(static endpoint => endpoint.ToGatewayUri())]);

        /// <summary>The gateways of the options.</summary>
        public static IClientBuilder UseStaticClustering(this IClientBuilder builder, Action<StaticGatewayListProviderOptions> configureOptions)
        {
            builder.Services.Configure(configureOptions);
            builder.Services.Replace(ServiceDescriptor.Singleton<IGatewayListProvider, StaticGateways>());
            return builder;
        }
    }
}
