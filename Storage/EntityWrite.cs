using System.Text.Json;

namespace ActorShop.Storage;

/// <summary>A write of a grain's state, serialized on the caller's thread.</summary>
/// <param name="Expected">The version that must be stored; null where there must be no row.</param>
/// <param name="Head">JSON; null to clear the state.</param>
/// <param name="Sequence">The number of the stream's last event after this write.</param>
internal sealed record EntityWrite(string StateName, string Key, int? Expected, byte[]? Head, long Sequence)
{
    public string? Label { get; private init; }

    public DateTimeOffset? Due { get; private init; }

    public ImmutableArray<RecordedEvent<byte[]>> Events { get; private init; } = [];

    public ImmutableArray<Delivery> Outbox { get; private init; } = [];

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

    /// <summary>The time of an event of this write.</summary>
    public DateTimeOffset At(long sequence) => Events.First(happened => happened.Sequence == sequence).At;

    /// <summary>The result of a write.</summary>
    /// <param name="IsWritten">Whether the stored version was the expected one.</param>
    /// <param name="Version">The version that is stored now; null where there is no row.</param>
    internal readonly record struct Outcome(bool IsWritten, int? Version);
}
