namespace ActorShop.Reporting;

[GenerateSerializer, Immutable, Alias("reporting.sales-report")]
public sealed record SalesReport(ImmutableArray<SalesRow> Rows, SalesRow Total, double LagSeconds, long LagEvents);
