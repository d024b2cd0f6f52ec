using System.Text.Json.Serialization;

namespace ActorShop.Cluster;

/// <summary>One process of a cluster.</summary>
/// <param name="Name">The name, such as <c>silo-2</c>.</param>
/// <param name="Role">The role.</param>
/// <param name="Address">The address: of a silo for other silos, of an API for its clients.</param>
/// <param name="Gateway">The gateway address of a silo; null for other roles.</param>
/// <param name="Operators">The operators' address of a silo or API; null for other roles.</param>
/// <param name="Process">The process of the last start.</param>
internal sealed record MemberProcess(string Name, MemberRole Role, string Address, string? Gateway, string? Operators, ProcessMark Process)
{
    /// <summary>The silo address of an API that joins the cluster without grains; null for other roles.</summary>
    public string? Silo { get; init; }

    /// <summary>Its detour; null for direct connections.</summary>
    public Detour? Detour { get; init; }

    /// <summary>Whether the process was killed or stopped on purpose, and stays down until it is started again.</summary>
    public bool IsStopped { get; init; }

    /// <summary>The condition of the process now.</summary>
    [JsonIgnore]
    public ProcessCondition Condition => Process.Look();
}
