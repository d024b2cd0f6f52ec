namespace ActorShop.Reporting;

/// <summary>Grains of one kind, such as <c>order</c>, that must be resumed.</summary>
/// <param name="Oldest">The earliest time at which one of them was due.</param>
[GenerateSerializer, Immutable, Alias("reporting.due-work")]
public sealed record DueWork(string Kind, long Count, DateTimeOffset Oldest);
