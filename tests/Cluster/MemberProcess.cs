using System.Text.Json.Serialization;

namespace ActorShop.Cluster;

/// <summary>One process of a cluster, such as <c>silo-2</c>. The address is for other silos (a silo) or for clients (an API).</summary>
internal sealed record MemberProcess(string Name, MemberRole Role, string Address, string? Gateway, string? Operators, ProcessMark Process)
{
    /// <summary>The silo address of an API that joins the cluster without grains.</summary>
    public string? Silo { get; init; }

    public Detour? Detour { get; init; }

    /// <summary>Whether the process was killed or stopped on purpose, and stays down until it is started again.</summary>
    public bool IsStopped { get; init; }

    [JsonIgnore]
    public ProcessCondition Condition => Process.Look();
}
