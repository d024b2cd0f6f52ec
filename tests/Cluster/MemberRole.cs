using System.Text.Json.Serialization;

namespace ActorShop.Cluster;

/// <summary>The role of a process.</summary>
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
