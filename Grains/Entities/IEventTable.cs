namespace ActorShop;

/// <summary>The events of all streams, as their grains' writes appended them.</summary>
/// <remarks>Reads see what is committed, in order of sequence. Safe from any thread.</remarks>
public interface IEventTable
{
    Task<ImmutableArray<EventRow>> ReadAsync(string stream, long after, int limit);

    /// <summary>All events of a stream that carry a reference: such as the outcome of an old operation.</summary>
    Task<ImmutableArray<EventRow>> FindAsync(string stream, string reference);
}

public sealed record EventRow(string Stream, long Sequence, DateTimeOffset At, string Type, string? Reference, string Data);
