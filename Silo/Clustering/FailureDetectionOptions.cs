using System.ComponentModel.DataAnnotations;
using Orleans.Configuration;

namespace ActorShop.Silo.Clustering;

/// <summary>How the members of a cluster notice that one of them has died or hangs.</summary>
/// <remarks>
/// The same values for every member. The defaults evict a killed silo after 1.0 to 1.6 s and a hung one after 1.6 to 2.1 s; docs/OPERATIONS.md says
/// what was measured.
/// </remarks>
public sealed class FailureDetectionOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Cluster:FailureDetection";

    /// <summary>How long a member waits for the answer to its first probe of another one. Later probes adapt to what was measured.</summary>
    /// <value>1 second.</value>
    /// <remarks>Longer: a busy machine is not taken for a dead one. Shorter: grains of a dead silo move sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How far a member extends that wait when it is slow itself.</summary>
    /// <value>2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:05:00")]
    public TimeSpan MaxProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many probes in a row fail before a member votes to evict.</summary>
    /// <value>3; the last one goes through another member, which votes too.</value>
    [Range(1, 100)]
    public int MissedProbes { get; set; } = 3;

    /// <summary>How many members must vote to evict one.</summary>
    /// <value>2.</value>
    [Range(1, 100)]
    public int Votes { get; set; } = 2;

    /// <summary>How often a member reads the membership table, if no other member tells it of a change.</summary>
    /// <value>5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan TableRefresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a member writes into the table that it lives.</summary>
    /// <value>5 seconds.</value>
    /// <remarks>After three of them without a sign, a cluster that starts after a total loss ignores the entry.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan AliveEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its start a member is not evicted, whatever its probes say: it compiles its code and opens its connections.</summary>
    /// <value>10 seconds.</value>
    /// <remarks>Longer: a slow start costs no eviction. Shorter: one that dies while it starts is noticed sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StartGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong with the values together; null if nothing is.</summary>
    internal string? Check() => MaxProbeTimeout < ProbeTimeout ? $"{Section}:{nameof(MaxProbeTimeout)} is at least {nameof(ProbeTimeout)}." : null;

    /// <summary>Says it in the words of Orleans.</summary>
    internal void ApplyTo(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = ProbeTimeout;
        membership.MaxProbeTimeout = MaxProbeTimeout;
        membership.NumMissedProbesLimit = MissedProbes;
        membership.NumVotesForDeathDeclaration = Votes;
        membership.TableRefreshTimeout = TableRefresh;
        membership.IAmAliveTablePublishTimeout = AliveEvery;

        // It suppresses every vote while a connection to the silo had a message within MaxProbeTimeout × MissedProbes: a hung silo would stay.
        membership.EnableConnectionLivenessCheck = false;
    }
}
