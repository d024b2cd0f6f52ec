namespace Orleans.Configuration;

/// <summary>How silos find and lose each other.</summary>
/// <remarks>
/// The options of Orleans, so that one configuration serves both engines. The embedded engine decides by leases (see
/// <see cref="LeaseDuration"/>), so Orleans' options of probes and votes are not here.
/// </remarks>
public class ClusterMembershipOptions
{
    /// <summary>Whether silos are declared dead at all. For debuggers.</summary>
    /// <value>True.</value>
    public bool LivenessEnabled { get; set; } = true;

    /// <summary>How long a silo may try to join before its start fails.</summary>
    /// <value>Five minutes.</value>
    public TimeSpan MaxJoinAttemptTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the row of a dead silo is kept.</summary>
    /// <value>Seven days.</value>
    public TimeSpan DefunctSiloExpiration { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The time between clean-ups of such rows; null for none.</summary>
    /// <value>One hour.</value>
    public TimeSpan? DefunctSiloCleanupPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a silo may answer after it asked for its last renewal. Not an option of Orleans.</summary>
    /// <value>Two seconds. The same in all silos of a cluster.</value>
    /// <remarks>Longer rides out slower databases; shorter takes over sooner.</remarks>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The time between renewals, and between looks at the table. Not an option of Orleans.</summary>
    /// <value>Half a second.</value>
    public TimeSpan LeaseRenewalPeriod { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// By how much longer than the lease an observer waits, as a share of it: more than two clocks can drift apart meanwhile.
    /// Not an option of Orleans.
    /// </summary>
    /// <value>A twentieth.</value>
    public double LeaseDriftMargin { get; set; } = 0.05;
}
