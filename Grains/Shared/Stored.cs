using System.Text.Json;

namespace ActorShop;

/// <summary>A grain's record as one write carries it: the head, and what this write adds beside it.</summary>
/// <remarks>
/// <para>
/// Its JSON is <c>{"head":…, "sequence":12, "events":[{"sequence":12,"at":…,"type":…,"reference":…,"data":…}],
/// "outbox":[{"sequence":12,"topic":…}], "postings":[{"sequence":12,"account":…,"amount":…,"currency":…}],
/// "due":{"at":…,"bucket":17}, "label":"reserving"}</c>. The storage keeps head, sequence and label in the grain's row, appends
/// events, outbox and postings to tables of their own and replaces the grain's row in the index of due work: all in one
/// transaction, so that recovery, projections and checkers never have to ask who was written first.
/// </para>
/// <para>What is read back is head and sequence alone: a ledger of thousands of entries never travels with its head.</para>
/// </remarks>
/// <typeparam name="THead">What the rules need.</typeparam>
/// <typeparam name="TEvent">The closed hierarchy of the stream's events.</typeparam>
public sealed class Stored<THead, TEvent> : IStored
    where THead : class, new()
    where TEvent : class
{
    /// <summary>What the rules need.</summary>
    public THead Head { get; set; } = new();

    /// <summary>The number of events the stream has, those of this write among them.</summary>
    public long Sequence { get; set; }

    /// <summary>The events of this write, in order and without gaps up to <see cref="Sequence"/>.</summary>
    public ImmutableArray<Recorded<TEvent>> Events { get; set; } = [];

    /// <summary>Messages to deliver because of them.</summary>
    public ImmutableArray<Delivery> Outbox { get; set; } = [];

    /// <summary>What they move in the account book; the amounts of one event sum to zero.</summary>
    public ImmutableArray<Posting> Postings { get; set; } = [];

    /// <summary>When the grain is to be resumed; null without unfinished work.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>A word for operators' queries, such as the step of a saga; null where there is none.</summary>
    public string? Label { get; set; }

    byte[] IStored.HeadToJson() => JsonSerializer.SerializeToUtf8Bytes(Head, ShopJson.Options);

    void IStored.SetHead(ReadOnlySpan<byte> json) =>
        Head = JsonSerializer.Deserialize<THead>(json, ShopJson.Options) ?? throw new JsonException("A head is an object.");

    ImmutableArray<StoredEvent> IStored.EventsToJson() =>
        [.. Events.Select(static e => new StoredEvent(
            e.Sequence, e.At, e.Type, e.Reference, JsonSerializer.SerializeToUtf8Bytes(e.Data, ShopJson.Options)))];
}

/// <summary>An event with its place in the stream.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When it was decided, by the grain's clock.</param>
/// <param name="Type">The event's name within its hierarchy, the last part of its alias.</param>
/// <param name="Reference">What a later question asks for, such as an operation's id; null where nobody asks.</param>
/// <param name="Data">The event.</param>
public sealed record Recorded<TEvent>(long Sequence, DateTimeOffset At, string Type, string? Reference, TEvent Data)
    where TEvent : class;

/// <summary>A message to deliver: the event of that sequence, to whoever consumes the topic.</summary>
public sealed record Delivery(long Sequence, string Topic);

/// <summary>One side of a double entry.</summary>
/// <param name="Sequence">The event that made it.</param>
/// <param name="Account">The account.</param>
/// <param name="Amount">What it gains, in minor units; negative where it loses.</param>
/// <param name="Currency">The currency.</param>
public sealed record Posting(long Sequence, string Account, long Amount, string Currency);
