namespace ActorShop.Reporting;

/// <summary>One event of a stream.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Type">What happened, such as <c>confirmed</c>.</param>
/// <param name="Data">The event as JSON.</param>
[GenerateSerializer, Immutable, Alias("reporting.history-entry")]
public sealed record HistoryEntry(long Sequence, DateTimeOffset At, string Type, string Data);
