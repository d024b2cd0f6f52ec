using System.Text.Json;

namespace ActorShop.Storage.Postgres;

/// <summary>A grain's write, cut into its parts on the caller's thread, and what becomes of it.</summary>
internal sealed class GrainWrite
{
    // Whoever waits goes on elsewhere: a writer only writes.
    private readonly TaskCompletionSource<Outcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GrainWrite(string stateName, string key, int? expected, byte[] head, EntityRecord? stored)
    {
        StateName = stateName;
        Key = key;
        Expected = expected;
        Head = head;
        Stored = stored;
        Events = stored?.EventsToJson() ?? [];
    }

    /// <summary>The name of the state.</summary>
    public string StateName { get; }

    /// <summary>The grain's key, as the tables have it.</summary>
    public string Key { get; }

    /// <summary>The version that must be the stored one; null where there must be no row.</summary>
    public int? Expected { get; }

    /// <summary>The head, or a state that is a whole of its own, as JSON.</summary>
    public byte[] Head { get; }

    /// <summary>What the write adds beside the head; null where the state is a whole.</summary>
    public EntityRecord? Stored { get; }

    /// <summary>The events.</summary>
    public ImmutableArray<RecordedEvent<byte[]>> Events { get; }

    /// <summary>Completes when it is known what became of it.</summary>
    public Task<Outcome> Completion => _completion.Task;

    /// <summary>A write of a state: a <c>Stored&lt;,&gt;</c>, or any other, which is its own head.</summary>
    public static GrainWrite Of<T>(string stateName, string key, int? expected, T state) => state is EntityRecord stored
        ? new(stateName, key, expected, stored.HeadToJson(), stored)
        : new(stateName, key, expected, JsonSerializer.SerializeToUtf8Bytes(state, ShopJson.Options), stored: null);

    /// <summary>The moment of an event. Events are without gaps, so the position of one follows from the last.</summary>
    public DateTime At(long sequence) => Events[(int)(sequence - Events[0].Sequence)].At.UtcDateTime;

    public void Written() => _completion.TrySetResult(new(IsWritten: true, (Expected ?? 0) + 1));

    public void Refused(int? stored) => _completion.TrySetResult(new(IsWritten: false, stored));

    public void Failed(Exception failure) => _completion.TrySetException(failure);

    /// <summary>What became of a write.</summary>
    /// <param name="IsWritten">Whether the version was the expected one.</param>
    /// <param name="Version">The version stored now; null where there is no row.</param>
    internal readonly record struct Outcome(bool IsWritten, int? Version);
}
