using System.Text.Json;

namespace ActorShop.Storage;

/// <summary>A write of a grain's state, serialized on the caller's thread.</summary>
internal sealed class EntityWrite
{
    private EntityWrite(string stateName, string key, int? expected, byte[]? head, long sequence)
    {
        StateName = stateName;
        Key = key;
        Expected = expected;
        Head = head;
        Sequence = sequence;
    }

    /// <summary>The name of the state.</summary>
    public string StateName { get; }

    /// <summary>The grain's key.</summary>
    public string Key { get; }

    /// <summary>The version that must be stored; null where there must be no row.</summary>
    public int? Expected { get; }

    /// <summary>The head as JSON; null to clear the state.</summary>
    public byte[]? Head { get; }

    /// <summary>The number of events in the stream after this write.</summary>
    public long Sequence { get; }

    /// <summary>A word for operators' queries.</summary>
    public string? Label { get; private init; }

    /// <summary>When the grain must be resumed.</summary>
    public DateTimeOffset? Due { get; private init; }

    /// <summary>The events of this write, in order.</summary>
    public ImmutableArray<RecordedEvent<byte[]>> Events { get; private init; } = [];

    /// <summary>Messages to deliver.</summary>
    public ImmutableArray<Delivery> Outbox { get; private init; } = [];

    /// <summary>What the write moves in the account book.</summary>
    public ImmutableArray<Posting> Postings { get; private init; } = [];

    /// <summary>Writes a state: a <see cref="EntityRecord{THead,TEvent}"/>, or any other, which is its own head.</summary>
    public static EntityWrite Of<T>(string stateName, string key, int? expected, T state) => state is EntityRecord record
        ? new(stateName, key, expected, record.HeadToJson(), record.Sequence)
        {
            Label = record.Label,
            Due = record.Due,
            Events = record.EventsToJson(),
            Outbox = record.Outbox,
            Postings = record.Postings,
        }
        : new(stateName, key, expected, JsonSerializer.SerializeToUtf8Bytes(state, ShopJson.Options), 0);

    /// <summary>Clears a state: the row stays without a head, so that its stream continues where it ended.</summary>
    public static EntityWrite Clear(string stateName, string key, int expected, long sequence) => new(stateName, key, expected, head: null, sequence);

    /// <summary>The time of an event. Sequences have no gaps, so its place follows from its sequence.</summary>
    public DateTimeOffset At(long sequence) => Events[(int)(sequence - Events[0].Sequence)].At;

    /// <summary>The result of a write.</summary>
    /// <param name="IsWritten">Whether the stored version was the expected one.</param>
    /// <param name="Version">The version that is stored now; null where there is no row.</param>
    internal readonly record struct Outcome(bool IsWritten, int? Version);
}
