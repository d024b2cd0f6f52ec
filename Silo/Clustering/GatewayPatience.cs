using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace ActorShop.Silo.Clustering;

/// <summary>Lets a client that starts before the first silo wait for it.</summary>
internal sealed partial class GatewayPatience(
    IOptions<ShopClusterOptions> options, IOptions<ClusterOptions> cluster, TimeProvider clock, ILogger<GatewayPatience> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private readonly long _began = clock.GetTimestamp();
    private TimeSpan _pause = FirstPause;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        var waited = clock.GetElapsedTime(_began);
        if (waited > options.Value.StartPatience)
        {
            throw new OrleansConfigurationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No silo of the cluster \"{cluster.Value.ClusterId}\" answers after {waited.TotalSeconds:N0} s: none is active, or this is not its name."),
                exception);
        }

        LogWaiting(logger, cluster.Value.ClusterId);
        await Task.Delay(_pause, clock, cancellationToken);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        return true;
    }

    [LoggerMessage(2010, LogLevel.Information, "Waiting for a silo of the cluster {Cluster}")]
    private static partial void LogWaiting(ILogger logger, string cluster);
}
