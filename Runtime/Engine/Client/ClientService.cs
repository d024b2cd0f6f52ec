using ActorShop.Runtime.Hosting;
using Microsoft.Extensions.Hosting;

namespace ActorShop.Runtime.Client;

/// <summary>Connects the client with its host, and disconnects it after the calls under way have ended.</summary>
internal sealed class ClientService(SiloRuntime client, ClientConnections connections) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await connections.StartAsync(cancellationToken);
        await client.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await client.StopAsync(cancellationToken);
        await connections.StopAsync(cancellationToken);
    }
}
