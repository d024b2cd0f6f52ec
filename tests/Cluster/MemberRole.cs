using System.Text.Json.Serialization;

namespace ActorShop.Cluster;

[JsonConverter(typeof(JsonStringEnumConverter<MemberRole>))]
internal enum MemberRole
{
    Postgres,
    Payments,
    Silo,
    Api,
}
