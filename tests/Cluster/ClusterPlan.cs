using System.Collections.Immutable;

namespace ActorShop.Cluster;

/// <summary>A cluster to be started.</summary>
/// <param name="Silos">How many silos.</param>
/// <param name="Apis">How many APIs.</param>
/// <param name="Programs">What its processes run.</param>
internal sealed record ClusterPlan(int Silos, int Apis, HostPrograms Programs)
{
    /// <summary>A database that is there already; null for one of the cluster's own.</summary>
    public string? Connection { get; init; }

    /// <summary>Configuration of every process, as environment variables.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Asked for the way that each silo and API has to go, before its first start; null where they go straight.</summary>
    public Func<ClusterState, MemberProcess, Detour>? Detour { get; init; }

    /// <summary>How long to wait until everything is ready.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);
}
