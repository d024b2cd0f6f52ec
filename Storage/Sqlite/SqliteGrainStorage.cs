using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace ActorShop.Storage.Sqlite;

/// <summary>Keeps the states of grains: heads in their rows, and events, messages, postings and due times beside them in one write.</summary>
/// <remarks>
/// The version of a row is its ETag. A cleared state keeps its row, so that a stale writer is refused for ever and a stream's
/// numbers never begin again. Safe from any thread.
/// </remarks>
internal sealed class SqliteGrainStorage(SqliteDatabase database) : IGrainStorage
{
    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = Activator.CreateInstance<T>();
        var (version, exists) = database.Readers.Read(connection => connection.First(
            "select version, sequence, head from grain_state where state_name = ?1 and key = ?2",
            row => (Version: (long?)row.Integer(0), Exists: Fill(ref state, row)),
            otherwise: default,
            stateName,
            grainId.Key.ToString()));
        grainState.State = state;
        grainState.ETag = version?.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = exists;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = await WriteAsync(
            stateName, grainId, grainState.ETag, (key, expected) => GrainRow.Of(stateName, key, expected, grainState.State));
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var cleared = Activator.CreateInstance<T>();
        if (grainState.ETag is not null)
        {
            var sequence = (grainState.State as EntityRecord)?.Sequence ?? 0;
            grainState.ETag = await WriteAsync(
                stateName, grainId, grainState.ETag, (key, expected) => GrainRow.Cleared(stateName, key, expected, sequence));
            Continue(cleared, sequence);
        }

        grainState.State = cleared;
        grainState.RecordExists = false;
    }

    private async Task<string?> WriteAsync(string stateName, GrainId grainId, string? etag, Func<string, long?, GrainRow> rowOf)
    {
        long? expected = null;
        if (etag is not null)
        {
            // A tag that is no version is nobody's: versions begin at 1.
            expected = long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        }

        var result = await database.Writer.RunAsync(rowOf(grainId.Key.ToString()!, expected).Write);
        return result.Written
            ? result.Etag
            : throw new InconsistentStateException(
                $"{grainId} ({stateName}) was written by somebody else: version {etag ?? "none"} was expected, {result.Etag ?? "none"} is stored.",
                result.Etag,
                etag);
    }

    private static bool Fill<T>(ref T state, Statement row)
    {
        Continue(state, row.Integer(1));
        if (row.IsNull(2))
        {
            return false;
        }

        if (state is EntityRecord stored)
        {
            stored.SetHead(row.Utf8(2));
        }
        else
        {
            state = JsonSerializer.Deserialize<T>(row.Utf8(2), ShopJson.Options) ?? state;
        }

        return true;
    }

    private static void Continue<T>(T state, long sequence)
    {
        if (state is EntityRecord stored)
        {
            stored.Sequence = sequence;
        }
    }
}
