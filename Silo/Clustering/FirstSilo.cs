using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ActorShop.Silo.Clustering;

/// <summary>Lets an API that starts before the first silo wait for it.</summary>
internal sealed partial class FirstSilo(
    IClusterManifestProvider manifests, IOptions<ShopClusterOptions> options, IOptions<ClusterOptions> cluster, TimeProvider clock, ILogger<FirstSilo> logger)
    : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (manifests.HasGrains())
        {
            return;
        }

        LogWaiting(logger, cluster.Value.ClusterId);
        var began = clock.GetTimestamp();
        while (!manifests.HasGrains())
        {
            var waited = clock.GetElapsedTime(began);
            if (waited > options.Value.StartPatience)
            {
                throw new OrleansConfigurationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"No silo of the cluster \"{cluster.Value.ClusterId}\" answers after {waited.TotalSeconds:N0} s: none is active, or this is not its name."));
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(2010, LogLevel.Information, "Waiting for a silo of the cluster {Cluster}")]
    private static partial void LogWaiting(ILogger logger, string cluster);
}
