namespace ActorShop.Reporting;

/// <summary>A value and how often it occurs.</summary>
[GenerateSerializer, Immutable, Alias("reporting.facet")]
public sealed record Facet(string Value, int Count);
