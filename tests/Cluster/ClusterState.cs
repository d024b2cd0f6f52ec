using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ActorShop.Cluster;

/// <summary>What a cluster on this machine consists of, as its folder remembers it.</summary>
/// <param name="ClusterId">Which silos are of one cluster.</param>
/// <param name="ServiceId">Whose data the database holds.</param>
/// <param name="Database">Its database.</param>
/// <param name="Programs">What its processes run.</param>
/// <param name="Settings">Configuration of all its processes beside what each needs, as environment variables.</param>
/// <param name="Members">Its processes, in the order of their first start.</param>
internal sealed record ClusterState(
    string ClusterId,
    string ServiceId,
    ClusterDatabase Database,
    HostPrograms Programs,
    ImmutableSortedDictionary<string, string> Settings,
    ImmutableArray<MemberProcess> Members)
{
    /// <summary>The process of this name.</summary>
    /// <exception cref="ClusterException">There is none.</exception>
    public MemberProcess Member(string name) =>
        Members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.Ordinal))
        ?? throw new ClusterException($"there is no {name} here; there are: {string.Join(", ", Members.Select(static member => member.Name))}");

    /// <summary>With a process added, or in place of the one of its name.</summary>
    public ClusterState With(MemberProcess member)
    {
        var known = Members.FirstOrDefault(known => string.Equals(known.Name, member.Name, StringComparison.Ordinal));
        return this with { Members = known is null ? Members.Add(member) : Members.Replace(known, member) };
    }
}

/// <summary>One process of a cluster.</summary>
/// <param name="Name">Its name: <c>silo-2</c>.</param>
/// <param name="Role">What it is.</param>
/// <param name="Address">Where it is reached: a silo by other silos, an API by shops.</param>
/// <param name="Gateway">Where clients of the cluster reach a silo; null for others.</param>
/// <param name="Operators">Where it says how it is; null for those that have no such port.</param>
/// <param name="Process">The process, of the last start.</param>
internal sealed record MemberProcess(string Name, MemberRole Role, string Address, string? Gateway, string? Operators, ProcessMark Process)
{
    /// <summary>Where the silos reach an API, which joins the cluster as a silo without grains; null for the others.</summary>
    public string? Silo { get; init; }

    /// <summary>The way it has to go to others, where it must not go straight.</summary>
    public Detour? Detour { get; init; }

    /// <summary>Whether the process was killed or stopped on purpose, and stays down until it is started again.</summary>
    public bool IsStopped { get; init; }

    /// <summary>What the process is doing now.</summary>
    [JsonIgnore]
    public ProcessCondition Condition => Process.Look();
}

/// <summary>A way through somebody in between, who may pass things on or not.</summary>
/// <param name="AdvertisedAddress">The IP address that a member tells the other members.</param>
/// <param name="Database">Where the process finds the database.</param>
internal sealed record Detour(string? AdvertisedAddress, string Database);

/// <summary>What a process of a cluster is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MemberRole>))]
internal enum MemberRole
{
    /// <summary>The database.</summary>
    Postgres,

    /// <summary>The simulated payment provider.</summary>
    Payments,

    /// <summary>A host of grains.</summary>
    Silo,

    /// <summary>HTTP in front of the silos.</summary>
    Api,
}
