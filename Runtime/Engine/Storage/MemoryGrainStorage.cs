using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Serialization;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace ActorShop.Runtime.Storage;

/// <summary>Keeps states in memory, for tests and for what may be lost. Safe from any thread.</summary>
/// <remarks>A state is kept as a copy: by the serializer of the options, else by its codec, else as JSON.</remarks>
internal sealed class MemoryGrainStorage(MemoryGrainStorageOptions options, ICodecProvider codecs, EngineLimits limits) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), Record> _records = new();
    private readonly ConcurrentDictionary<Type, object> _copiers = new();
    private long _versions;
    private int _count;

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = _records.TryGetValue((stateName, grainId), out var record);
        grainState.State = found ? Load<T>(record!.Content) : default;
        grainState.ETag = record?.Version;
        grainState.RecordExists = found;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var version = Interlocked.Increment(ref _versions).ToString(CultureInfo.InvariantCulture);
        var next = new Record(Keep(grainState.State), version);
        if (grainState.ETag is null ? !TryInsert(key, next) : !TryReplace(key, grainState.ETag, next))
        {
            throw Conflict(key, grainState.ETag);
        }

        grainState.ETag = version;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var found = _records.TryGetValue(key, out var known);
        if (!string.Equals(known?.Version, grainState.ETag, StringComparison.Ordinal))
        {
            throw Conflict(key, grainState.ETag);
        }

        if (found && !_records.TryRemove(new KeyValuePair<(string State, GrainId Grain), Record>(key, known!)))
        {
            throw Conflict(key, grainState.ETag);
        }

        Interlocked.Add(ref _count, found ? -1 : 0);
        grainState.State = default;
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private bool TryInsert((string State, GrainId Grain) key, Record next)
    {
        if (Volatile.Read(ref _count) >= limits.MaxMemoryRecords)
        {
            throw new LimitExceededException(nameof(EngineLimits.MaxMemoryRecords), _count, limits.MaxMemoryRecords, key.State);
        }

        if (!_records.TryAdd(key, next))
        {
            return false;
        }

        Interlocked.Increment(ref _count);
        return true;
    }

    private bool TryReplace((string State, GrainId Grain) key, string expected, Record next) =>
        _records.TryGetValue(key, out var known)
        && string.Equals(known.Version, expected, StringComparison.Ordinal)
        && _records.TryUpdate(key, next, known);

    private InconsistentStateException Conflict((string State, GrainId Grain) key, string? expected)
    {
        var stored = _records.TryGetValue(key, out var known) ? known.Version : null;
        return new InconsistentStateException($"Version conflict of state {key.State} of grain {key.Grain}.", stored, expected);
    }

    private object? Keep<T>(T? state) => CopierOf<T>() switch
    {
        _ when state is null => null,
        Codec<T> codec => codec.Copy(state),
        IGrainStorageSerializer serializer => serializer.Serialize(state),
        _ => JsonSerializer.SerializeToUtf8Bytes(state),
    };

    private T? Load<T>(object? content) => CopierOf<T>() switch
    {
        _ when content is null => default,
        Codec<T> codec => codec.Copy((T)content),
        IGrainStorageSerializer serializer => serializer.Deserialize<T>((BinaryData)content),
        _ => JsonSerializer.Deserialize<T>((byte[])content),
    };

    private object CopierOf<T>() => options.GrainStorageSerializer ?? _copiers.GetOrAdd(typeof(T), _ => (object?)FindCodec<T>() ?? typeof(JsonSerializer));

    private Codec<T>? FindCodec<T>()
    {
        try
        {
            return codecs.GetCodec<T>();
        }
        catch (CodecNotFoundException)
        {
            return null;
        }
    }

    // By reference: an update succeeds only against the very record that was looked at.
    private sealed class Record(object? content, string version)
    {
        public object? Content { get; } = content;

        public string Version { get; } = version;
    }
}
