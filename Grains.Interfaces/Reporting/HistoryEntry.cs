namespace ActorShop.Reporting;

/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Type">What happened, such as <c>confirmed</c>.</param>
[GenerateSerializer, Immutable, Alias("reporting.history-entry")]
public sealed record HistoryEntry(long Sequence, DateTimeOffset At, string Type, string Data);
