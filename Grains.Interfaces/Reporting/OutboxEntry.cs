namespace ActorShop.Reporting;

/// <summary>A message that is not delivered yet.</summary>
[GenerateSerializer, Immutable, Alias("reporting.outbox-entry")]
public sealed record OutboxEntry(string Stream, long Sequence, string Topic);
