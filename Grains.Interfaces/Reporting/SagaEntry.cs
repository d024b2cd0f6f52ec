namespace ActorShop.Reporting;

[GenerateSerializer, Immutable, Alias("reporting.saga-entry")]
public sealed record SagaEntry(string Grain, string Step, DateTimeOffset? Due);
