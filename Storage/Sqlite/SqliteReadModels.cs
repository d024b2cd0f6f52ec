using ActorShop.Reporting;

namespace ActorShop.Storage.Sqlite;

/// <summary>Questions to the read models and to the tables that grains write, in parts by what is asked for.</summary>
internal sealed partial class SqliteReadModels(SqliteDatabase database, TimeProvider clock) : IReadModels
{
    // Of a making anew: short enough for the writes of grains that wait behind it.
    private const int RebuildBatch = 500;

    private readonly SqliteProjection _projection = new(database, clock);

    /// <inheritdoc/>
    public Task<int> ProjectAsync(string topic, int limit) => _projection.CarryAsync(topic, limit);

    /// <inheritdoc/>
    public Task<long> RebuildAsync(string topic) => _projection.RebuildAsync(topic, RebuildBatch);

    /// <inheritdoc/>
    public Task<long> GetLagAsync(string topic) =>
        database.Readers.QueryAsync(connection => _projection.LagOf(connection, topic).Events);

    private double LagSeconds(SqliteConnection connection) => _projection.LagOf(connection, Projections.Reporting).Seconds;
}
