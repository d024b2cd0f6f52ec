namespace ActorShop.Reporting;

/// <param name="TimeZone">The IANA name of the time zone of the periods.</param>
[GenerateSerializer, Immutable, Alias("reporting.sales-report")]
public sealed record SalesReport(ImmutableArray<SalesRow> Rows, SalesRow Total, double LagSeconds, long LagEvents, string TimeZone = "UTC");
