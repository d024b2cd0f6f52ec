using System.ComponentModel.DataAnnotations;
using Orleans.Configuration;

namespace ActorShop.Silo.Clustering;

/// <summary>How the members of a cluster detect that one of them has died or hangs.</summary>
/// <remarks>All members need the same values. <c>tests/Chaos failover</c> measures how long an eviction takes with them; docs/OPERATIONS.md has its results.</remarks>
public sealed class FailureDetectionOptions
{
    public const string Section = "Cluster:FailureDetection";

    /// <summary>How long a member waits for the answer to its first probe of another member. Later probes adapt to the measured times.</summary>
    /// <remarks>A longer timeout spares busy members. A shorter one moves the grains of a dead silo sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest probe timeout of a member that is slow itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:05:00")]
    public TimeSpan MaxProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many probes in a row fail before a member votes to evict another.</summary>
    /// <remarks>The last probe goes through a third member, which votes too.</remarks>
    [Range(1, 100)]
    public int MissedProbes { get; set; } = 3;

    /// <summary>How many votes evict a member.</summary>
    [Range(1, 100)]
    public int Votes { get; set; } = 2;

    /// <summary>How often a member reads the membership table if no other member reports a change.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan TableRefresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a member writes to the table that it is alive.</summary>
    /// <remarks>A cluster that starts after a total loss ignores members that have not written for three of these periods.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan AliveEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its start a member is not evicted for missed probes, while it compiles its code and opens its connections.</summary>
    /// <remarks>
    /// A longer grace spares slow starts. A shorter one evicts a member sooner that hangs, or loses its machine, while it starts. A process that
    /// dies refuses connections, and is evicted as at any other time.
    /// </remarks>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StartGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The conflict between two values; null if there is none.</summary>
    internal string? Check() => MaxProbeTimeout < ProbeTimeout ? $"{Section}:{nameof(MaxProbeTimeout)} must be at least {nameof(ProbeTimeout)}." : null;

    internal void ApplyTo(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = ProbeTimeout;
        membership.MaxProbeTimeout = MaxProbeTimeout;
        membership.NumMissedProbesLimit = MissedProbes;
        membership.NumVotesForDeathDeclaration = Votes;
        membership.TableRefreshTimeout = TableRefresh;
        membership.IAmAliveTablePublishTimeout = AliveEvery;

        // The check suppresses every vote while a connection had a message within MaxProbeTimeout × MissedProbes: a hung silo would stay.
        membership.EnableConnectionLivenessCheck = false;
    }
}
