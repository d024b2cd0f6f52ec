using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ActorShop.Silo.Clustering;

/// <summary>Lets an API that starts before the first silo wait for it: a member at its start, an external client at each failed connection.</summary>
internal sealed partial class FirstSilo(
    IServiceProvider services, IOptions<ShopClusterOptions> options, IOptions<ClusterOptions> cluster, TimeProvider clock, ILogger<FirstSilo> logger)
    : IHostedService, IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly long _began = clock.GetTimestamp();
    private bool _isLogged;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var manifests = services.GetRequiredService<IClusterManifestProvider>();
        while (!manifests.HasGrains())
        {
            await WaitAsync(cause: null, cancellationToken);
        }
    }

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        await WaitAsync(exception, cancellationToken);
        return true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WaitAsync(Exception? cause, CancellationToken cancellationToken)
    {
        var waited = clock.GetElapsedTime(_began);
        if (waited > options.Value.StartPatience)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"No silo of the cluster \"{cluster.Value.ClusterId}\" answers after {waited.TotalSeconds:N0} s: none is active, or this is not its name.");
            throw cause is null ? new OrleansConfigurationException(message) : new OrleansConfigurationException(message, cause);
        }

        if (!_isLogged)
        {
            _isLogged = true;
            LogWaiting(logger, cluster.Value.ClusterId);
        }

        await Task.Delay(Pause, clock, cancellationToken);
    }

    [LoggerMessage(2010, LogLevel.Information, "Waiting for a silo of the cluster {Cluster}")]
    private static partial void LogWaiting(ILogger logger, string cluster);
}
