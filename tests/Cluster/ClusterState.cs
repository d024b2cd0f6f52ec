namespace ActorShop.Cluster;

/// <summary>The state of a cluster on this machine, stored in its folder. Settings are environment variables of all processes.</summary>
internal sealed record ClusterState(
    string ClusterId,
    string ServiceId,
    ClusterDatabase Database,
    HostPrograms Programs,
    ImmutableSortedDictionary<string, string> Settings,
    ImmutableArray<MemberProcess> Members)
{
    /// <exception cref="ClusterException">There is none.</exception>
    public MemberProcess Member(string name) =>
        Members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.Ordinal))
        ?? throw new ClusterException($"no process is named {name}; there are: {string.Join(", ", Members.Select(static member => member.Name))}");

    public ClusterState With(MemberProcess member)
    {
        var known = Members.FirstOrDefault(known => string.Equals(known.Name, member.Name, StringComparison.Ordinal));
        return this with { Members = known is null ? Members.Add(member) : Members.Replace(known, member) };
    }
}
