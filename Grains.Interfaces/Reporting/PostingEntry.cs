namespace ActorShop.Reporting;

[GenerateSerializer, Immutable, Alias("reporting.posting-entry")]
public sealed record PostingEntry(string Stream, long Sequence, DateTimeOffset At, string Account, Money Amount);
