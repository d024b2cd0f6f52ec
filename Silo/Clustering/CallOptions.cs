using System.ComponentModel.DataAnnotations;

namespace ActorShop.Silo.Clustering;

/// <summary>How long calls between processes may take, and how many may wait.</summary>
public sealed class CallOptions
{
    public const string Section = "Cluster:Calls";

    /// <summary>How long a member of the cluster waits for the answer to a call.</summary>
    /// <remarks>Shorter than the patience of HTTP clients, often ten seconds. Slower methods have their own timeout on the interface.</remarks>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long an API that is an external client waits for the answer to a call.</summary>
    /// <remarks>
    /// An external client does not know which silo has its call: a call to a silo that has died ends only by this timeout. A longer one waits
    /// for slow answers. A shorter one notices a lost silo sooner.
    /// </remarks>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan ClientResponseTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often an API that is an external client reads the list of silos.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:10:00")]
    public TimeSpan GatewayRefresh { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most calls of one grain, running and waiting. It refuses further ones, and the API answers 503.</summary>
    /// <remarks>More calls serve a longer rush on one SKU. Fewer refuse an overload sooner.</remarks>
    [Range(1, 1_000_000)]
    public int RequestsPerGrain { get; set; } = 5_000;
}
