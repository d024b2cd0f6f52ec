namespace ActorShop.Cluster;

internal sealed record ClusterPlan(int Silos, int Apis, HostPrograms Programs)
{
    /// <summary>The connection string of an existing database; null for a new server.</summary>
    public string? Connection { get; init; }

    /// <summary>Configuration of every process, as environment variables.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Returns the detour of a silo or API before its first start; null for direct connections.</summary>
    public Func<ClusterState, MemberProcess, Detour>? Detour { get; init; }

    /// <summary>The limit of the wait until all processes are ready.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);
}
