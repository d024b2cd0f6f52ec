namespace ActorShop.Reporting;

[GenerateSerializer, Immutable, Alias("reporting.facet")]
public sealed record Facet(string Value, int Count);
