namespace ActorShop.Reporting;

/// <summary>A saga that has not ended.</summary>
[GenerateSerializer, Immutable, Alias("reporting.saga-entry")]
public sealed record SagaEntry(string Grain, string Step, DateTimeOffset? Due);
