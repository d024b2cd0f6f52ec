using System.Text.Json;

namespace ActorShop;

/// <summary>An entity's record as one write carries it: the head, and what the write adds beside it.</summary>
/// <remarks>
/// The storage keeps head, sequence, label and due time in the grain's row and appends events, outbox and postings to tables of their own, all in one
/// transaction: recovery, projections and checkers see all of a write or nothing. Only head and sequence are read back, so a ledger of
/// thousands of entries never travels with its head. Each part is serialized by itself, as its table takes it.
/// </remarks>
public abstract class EntityRecord
{
    /// <summary>The number of the last event, those of this write and those that are not recorded among them.</summary>
    public long Sequence { get; set; }

    public ImmutableArray<Delivery> Outbox { get; set; } = [];

    /// <summary>What the events move in the account book; the amounts of one event sum to zero.</summary>
    public ImmutableArray<Posting> Postings { get; set; } = [];

    public DateTimeOffset? Due { get; set; }

    /// <summary>A value for operators' queries, such as the step of a saga; null where there is none.</summary>
    public string? Label { get; set; }

    public abstract byte[] HeadToJson();

    public abstract void SetHead(ReadOnlySpan<byte> json);

    /// <summary>The events of this write, each as UTF-8 JSON.</summary>
    public abstract ImmutableArray<RecordedEvent<byte[]>> EventsToJson();
}

public sealed class EntityRecord<THead, TEvent> : EntityRecord
    where THead : class, new()
    where TEvent : class
{
    public THead Head { get; set; } = new();

    /// <summary>The events of this write, in order, with numbers up to <see cref="EntityRecord.Sequence"/>.</summary>
    public ImmutableArray<RecordedEvent<TEvent>> Events { get; set; } = [];

    public override byte[] HeadToJson() => JsonSerializer.SerializeToUtf8Bytes(Head, ShopJson.Options);

    public override void SetHead(ReadOnlySpan<byte> json) =>
        Head = JsonSerializer.Deserialize<THead>(json, ShopJson.Options) ?? throw new JsonException("A head is an object.");

    public override ImmutableArray<RecordedEvent<byte[]>> EventsToJson() =>
        [.. Events.Select(static e => new RecordedEvent<byte[]>(
            e.Sequence, e.At, e.Type, e.Reference, JsonSerializer.SerializeToUtf8Bytes(e.Data, ShopJson.Options)))];
}

/// <summary>An event with its place in the stream.</summary>
/// <param name="Sequence">From 1, without gaps but those of events that are not recorded.</param>
/// <param name="At">When it was decided, by the grain's clock.</param>
/// <param name="Type">The event's name within its hierarchy, the last part of its alias.</param>
public sealed record RecordedEvent<TEvent>(long Sequence, DateTimeOffset At, string Type, string? Reference, TEvent Data)
    where TEvent : class;

public sealed record Delivery(long Sequence, string Topic);

/// <summary>One side of a double entry.</summary>
/// <param name="Amount">What it gains, in minor units; negative where it loses.</param>
public sealed record Posting(long Sequence, string Account, long Amount, string Currency);
