using ActorShop.Cluster;

namespace ActorShop.Storage.Postgres;

public sealed class NeedsPostgresAttribute : NeedsAttribute
{
    public override string? Absent => PostgresPrograms.Absent;
}
