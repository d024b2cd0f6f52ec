namespace ActorShop.Reporting;

/// <summary>Which sales. Both days are included; null is no limit.</summary>
[GenerateSerializer, Immutable, Alias("reporting.sales-query")]
public sealed record SalesQuery(DateOnly? From, DateOnly? To, bool ByMonth, string Currency);
