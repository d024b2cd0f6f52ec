namespace ActorShop.Cluster;

/// <summary>The state of a cluster on this machine, stored in its folder.</summary>
/// <param name="ClusterId">The id of the cluster.</param>
/// <param name="ServiceId">The id of the service.</param>
/// <param name="Database">Its database.</param>
/// <param name="Programs">The programs of its processes.</param>
/// <param name="Settings">Configuration of all processes, as environment variables.</param>
/// <param name="Members">The processes, in the order of their first start.</param>
internal sealed record ClusterState(
    string ClusterId,
    string ServiceId,
    ClusterDatabase Database,
    HostPrograms Programs,
    ImmutableSortedDictionary<string, string> Settings,
    ImmutableArray<MemberProcess> Members)
{
    /// <summary>A process by its name.</summary>
    /// <exception cref="ClusterException">There is none.</exception>
    public MemberProcess Member(string name) =>
        Members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.Ordinal))
        ?? throw new ClusterException($"no process is named {name}; there are: {string.Join(", ", Members.Select(static member => member.Name))}");

    /// <summary>Adds or replaces a process.</summary>
    public ClusterState With(MemberProcess member)
    {
        var known = Members.FirstOrDefault(known => string.Equals(known.Name, member.Name, StringComparison.Ordinal));
        return this with { Members = known is null ? Members.Add(member) : Members.Replace(known, member) };
    }
}
