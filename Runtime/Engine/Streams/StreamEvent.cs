using ActorShop.Runtime.Serialization;

namespace ActorShop.Runtime.Streams;

/// <summary>What a producer has said. The numbers are those of the wire.</summary>
internal enum StreamEventKind : byte
{
    /// <summary>An event.</summary>
    Item = 0,

    /// <summary>There will be no more.</summary>
    Completed = 1,

    /// <summary>The producer has failed.</summary>
    Failed = 2,
}

/// <summary>One event, or the end of a stream.</summary>
internal abstract class StreamEvent
{
    /// <summary>Its place among those of the stream that this silo has taken from producers.</summary>
    public long Number { get; set; }

    public abstract StreamEventKind Kind { get; }

    /// <summary>What travels to another process: the event, the exception, or nothing.</summary>
    public abstract object? Content { get; }

    /// <summary>Gives it to whoever has subscribed, as a copy.</summary>
    public abstract Task GiveAsync(StreamSink sink);
}

/// <summary>Takes the events of one subscription, of a type that only it knows.</summary>
internal abstract class StreamSink
{
    public abstract Task TakeAsync(object? item, long number);

    public abstract Task CompleteAsync();

    public abstract Task FailAsync(Exception exception);
}

/// <summary>An event whose type is known where it is taken.</summary>
/// <param name="item">The event.</param>
/// <param name="copier">Makes the copies; null where nobody else has it.</param>
internal sealed class BoxedItem(object? item, Codec<object>? copier) : StreamEvent
{
    public override StreamEventKind Kind => StreamEventKind.Item;

    public override object? Content => item;

    public override Task GiveAsync(StreamSink sink) =>
        sink.TakeAsync(item is null || copier is null ? item : copier.Copy(item), Number);
}

/// <summary>The end of a stream.</summary>
internal sealed class StreamCompleted : StreamEvent
{
    public override StreamEventKind Kind => StreamEventKind.Completed;

    public override object? Content => null;

    public override Task GiveAsync(StreamSink sink) => sink.CompleteAsync();
}

/// <summary>The failure of a producer.</summary>
internal sealed class StreamFailed(Exception exception) : StreamEvent
{
    public override StreamEventKind Kind => StreamEventKind.Failed;

    public override object? Content => exception;

    public override Task GiveAsync(StreamSink sink) => sink.FailAsync(exception);
}
