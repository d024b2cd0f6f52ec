using ActorShop.Reporting;

namespace ActorShop.Storage.Postgres;

/// <summary>Questions to the read models and to the tables that grains write, in parts by what is asked for.</summary>
internal sealed partial class PostgresReadModels(PostgresDatabase database, TimeProvider clock) : IReadModels
{
    // Of a making anew: each is a transaction, and short.
    private const int RebuildBatch = 1_000;

    private readonly PostgresProjection _projection = new(database, clock);

    /// <inheritdoc/>
    public Task<int> ProjectAsync(string topic, int limit) => _projection.CarryAsync(topic, limit);

    /// <inheritdoc/>
    public Task<long> RebuildAsync(string topic) => _projection.RebuildAsync(topic, RebuildBatch);

    /// <inheritdoc/>
    public Task<long> GetLagAsync(string topic) =>
        database.QueryAsync(async question => (await _projection.LagOfAsync(question, topic)).Events);

    private async Task<double> LagSecondsAsync(PostgresQuestion question) =>
        (await _projection.LagOfAsync(question, Projections.Reporting)).Seconds;
}
