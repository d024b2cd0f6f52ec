using Orleans.Configuration;

namespace ActorShop.Simulation.Real;

internal static class RealCluster
{
    /// <summary>Sets a silo up as the shop's are: quick detection of deaths, and the directory that keeps one activation of a grain.</summary>
    public static void UseClusterOfTheShop(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(static membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.NumMissedProbesLimit = 3;
            membership.EnableConnectionLivenessCheck = false;
        });
        silo.Configure<GrainDirectoryOptions>(static directory => directory.RangeLeaseDuration = TimeSpan.Zero);
#pragma warning disable ORLEANSEXP003 // The directory is experimental.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
    }
}
