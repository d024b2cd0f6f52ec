using ActorShop.Cluster;

namespace ActorShop.Storage.Postgres;

/// <summary>These tests need the programs of PostgreSQL.</summary>
public sealed class NeedsPostgresAttribute : NeedsAttribute
{
    /// <inheritdoc/>
    public override string? Absent => PostgresPrograms.Absent;
}
