namespace ActorShop;

/// <summary>A <see cref="Stored{THead,TEvent}"/> as a storage sees it that keeps its parts in tables of their own.</summary>
/// <remarks>Lets the storage have each part as JSON at once, without writing the whole first and cutting it up again.</remarks>
public interface IStored
{
    /// <summary>The number of events the stream has.</summary>
    long Sequence { get; set; }

    /// <summary>A word for operators' queries.</summary>
    string? Label { get; }

    /// <summary>When the grain is to be resumed; null without unfinished work.</summary>
    DateTimeOffset? Due { get; }

    /// <summary>Messages to deliver.</summary>
    ImmutableArray<Delivery> Outbox { get; }

    /// <summary>What the write moves in the account book.</summary>
    ImmutableArray<Posting> Postings { get; }

    /// <summary>The head as UTF-8 JSON.</summary>
    byte[] HeadToJson();

    /// <summary>Takes the head from UTF-8 JSON.</summary>
    void SetHead(ReadOnlySpan<byte> json);

    /// <summary>The events of this write, each as UTF-8 JSON.</summary>
    ImmutableArray<StoredEvent> EventsToJson();
}

/// <summary>A <see cref="Recorded{TEvent}"/> on its way into a table.</summary>
public readonly record struct StoredEvent(long Sequence, DateTimeOffset At, string Type, string? Reference, byte[] Data);
