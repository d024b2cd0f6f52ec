using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>A step of an order.</summary>
/// <param name="Sequence">The sequence number, from 1 without gaps.</param>
/// <param name="At">When the event occurred.</param>
/// <param name="Type">The type of the event.</param>
public sealed record StepResponse(long Sequence, DateTimeOffset At, string Type)
{
    internal static StepResponse Of(HistoryEntry entry) => new(entry.Sequence, entry.At, entry.Type);
}
