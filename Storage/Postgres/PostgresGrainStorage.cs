using System.Globalization;
using System.Text.Json;
using Npgsql;
using Orleans.Storage;

namespace ActorShop.Storage.Postgres;

/// <summary>Keeps the states of grains: heads in their rows, and events, messages, postings and due times beside them in one write.</summary>
/// <remarks>
/// The version of a row is its ETag. A cleared state keeps its row, so that a stale writer is always refused and the numbers of a stream
/// never start again. Safe from any thread.
/// </remarks>
internal sealed class PostgresGrainStorage(PostgresDatabase database) : IGrainStorage
{
    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Fill(grainState, await database.Reader.ReadAsync(stateName, KeyOf(grainId)));

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var outcome = await database.Writer.WriteAsync(
            GrainWrite.Of(stateName, KeyOf(grainId), VersionOf(grainState.ETag), grainState.State));
        grainState.ETag = outcome.IsWritten ? Etag(outcome.Version) : throw Refused(stateName, grainId, grainState.ETag, outcome.Version);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var cleared = Activator.CreateInstance<T>();
        if (grainState.ETag is { } etag)
        {
            var sequence = (grainState.State as EntityRecord)?.Sequence ?? 0;
            grainState.ETag = Etag(await ClearAsync(stateName, grainId, VersionOf(etag)) ?? throw Refused(stateName, grainId, etag, stored: null));
            Continue(cleared, sequence);
        }

        grainState.State = cleared;
        grainState.RecordExists = false;
    }

    private static void Fill<T>(IGrainState<T> grainState, GrainRow? row)
    {
        var state = Activator.CreateInstance<T>();
        grainState.ETag = Etag(row?.Version);
        grainState.RecordExists = row?.Head is not null;
        if (row?.Sequence is { } sequence)
        {
            Continue(state, sequence);
        }

        if (row?.Head is { } head)
        {
            if (row.Sequence is not null && state is EntityRecord stored)
            {
                stored.SetHead(head);
            }
            else
            {
                state = JsonSerializer.Deserialize<T>(head, ShopJson.Options) ?? state;
            }
        }

        grainState.State = state;
    }

    private static void Continue<T>(T state, long sequence)
    {
        if (state is EntityRecord stored)
        {
            stored.Sequence = sequence;
        }
    }

    private static string KeyOf(GrainId grainId) => grainId.Key.ToString()!;

    // Versions start at 1, so an ETag that is not a number matches no row.
    private static int? VersionOf(string? etag) =>
        etag is null ? null : int.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static string? Etag(int? version) => version?.ToString(CultureInfo.InvariantCulture);

    private static InconsistentStateException Refused(string stateName, GrainId grainId, string? expected, int? stored) => new(
        $"{grainId} ({stateName}) was written by somebody else: version {expected ?? "none"} was expected, {Etag(stored) ?? "another"} is stored.",
        Etag(stored),
        expected);

    private Task<int?> ClearAsync(string stateName, GrainId grainId, int? expected) => database.WriteAsync(async (_, connection) =>
    {
        await using var command = new NpgsqlCommand(
            "update grain_state set version = version + 1, label = null, due_at = null, head = null "
            + "where service_id = @service and state_name = @state and key = @key and version = @version returning version",
            connection);
        command.Parameters.Add(new("service", database.ServiceId));
        command.Parameters.Add(new("state", stateName));
        command.Parameters.Add(new("key", KeyOf(grainId)));
        command.Parameters.Add(new("version", expected));
        return (int?)await command.ExecuteScalarAsync();
    });
}
