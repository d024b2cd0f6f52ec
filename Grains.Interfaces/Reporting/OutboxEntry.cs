namespace ActorShop.Reporting;

[GenerateSerializer, Immutable, Alias("reporting.outbox-entry")]
public sealed record OutboxEntry(string Stream, long Sequence, string Topic);
