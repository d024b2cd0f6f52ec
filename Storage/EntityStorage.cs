using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace ActorShop.Storage;

/// <summary>Stores the states of grains: heads in their rows, and events, messages, postings and due times beside them in one write.</summary>
/// <remarks>
/// The version of a row is its ETag. A cleared state keeps its row, so that a stale writer is always refused and the numbers of a stream
/// never start again. Safe from any thread.
/// </remarks>
internal sealed class EntityStorage(IDatabase database) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = NewGrain.Is(grainId) ? null : await database.ReadEntityAsync(stateName, KeyOf(grainId));
        var state = Activator.CreateInstance<T>();
        if (row is not null)
        {
            Continue(state, row.Sequence);
        }

        if (row?.Head is { } head)
        {
            if (state is EntityRecord record)
            {
                record.SetHead(head);
            }
            else
            {
                state = JsonSerializer.Deserialize<T>(head, ShopJson.Options) ?? state;
            }
        }

        grainState.State = state;
        grainState.ETag = Etag(row?.Version);
        grainState.RecordExists = row?.Head is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await WriteAsync(grainId, grainState, EntityWrite.Of(stateName, KeyOf(grainId), VersionOf(grainState.ETag), grainState.State));
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var cleared = Activator.CreateInstance<T>();
        if (VersionOf(grainState.ETag) is { } expected)
        {
            var sequence = (grainState.State as EntityRecord)?.Sequence ?? 0;
            await WriteAsync(grainId, grainState, new(stateName, KeyOf(grainId), expected, Head: null, sequence));
            Continue(cleared, sequence);
        }

        grainState.State = cleared;
        grainState.RecordExists = false;
    }

    private static void Continue<T>(T state, long sequence)
    {
        if (state is EntityRecord record)
        {
            record.Sequence = sequence;
        }
    }

    private static string KeyOf(GrainId grainId) => grainId.Key.ToString()!;

    // Versions start at 1, so an ETag that is not a number matches no row.
    private static int? VersionOf(string? etag) =>
        etag is null ? null : int.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static string? Etag(int? version) => version?.ToString(CultureInfo.InvariantCulture);

    private async Task WriteAsync<T>(GrainId grainId, IGrainState<T> grainState, EntityWrite write)
    {
        var (isWritten, version) = await database.WriteEntityAsync(write);
        grainState.ETag = isWritten
            ? Etag(version)
            : throw new InconsistentStateException(
                $"{grainId} ({write.StateName}) was written by another activation: version {grainState.ETag ?? "none"} was expected, {Etag(version) ?? "none"} is stored.",
                Etag(version),
                grainState.ETag);
    }
}
