using System.ComponentModel.DataAnnotations;

namespace ActorShop.Silo.Clustering;

/// <summary>How long calls between processes may take, and how many may wait.</summary>
public sealed class CallOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Cluster:Calls";

    /// <summary>How long a member of the cluster waits for the answer to a call.</summary>
    /// <value>8 seconds: less than the ten for which an ordinary client of the API waits.</value>
    /// <remarks>Methods that may take longer say so on their interface.</remarks>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long an API that is an external client waits for the answer to a call.</summary>
    /// <value>3 seconds.</value>
    /// <remarks>
    /// An external client does not know which silo a call waits for: a call to a silo that has died ends only by this time. Longer: a slow answer is not given up.
    /// Shorter: a lost silo is noticed sooner.
    /// </remarks>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan ClientResponseTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often an API that is an external client reads which silos there are.</summary>
    /// <value>1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:10:00")]
    public TimeSpan GatewayRefresh { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many calls one grain takes at a time, running and waiting. It refuses the next one, and the API answers 503.</summary>
    /// <value>5,000.</value>
    /// <remarks>More: a longer rush on one SKU is served. Fewer: overload is answered sooner.</remarks>
    [Range(1, 1_000_000)]
    public int RequestsPerGrain { get; set; } = 5_000;
}
