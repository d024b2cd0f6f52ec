namespace ActorShop.Api.Operators;

/// <summary>What the operators' page shows. What the shop did not answer in time is absent.</summary>
/// <param name="DocsPort">The port of the public API, with the documentation at <c>/docs</c>.</param>
/// <param name="Dashboard">The path of Orleans' dashboard, if it is on.</param>
/// <param name="Due">Grains whose time has come and that no silo has resumed yet.</param>
/// <param name="Minutes">The requests of this process in the last 60 minutes.</param>
public sealed record FiguresResponse(
    DateTimeOffset At, int DocsPort, string? Dashboard, HealthDetailsResponse Health, IReadOnlyList<MemberResponse>? Members,
    IReadOnlyList<SagaStepResponse>? Sagas, IReadOnlyList<DueWorkResponse>? Due, IReadOnlyList<MinuteResponse> Minutes,
    IReadOnlyList<RouteResponse> Routes);

/// <summary>A process of the cluster.</summary>
/// <param name="Kind"><c>silo</c> or <c>api</c>.</param>
public sealed record MemberResponse(string Name, string Kind, string Address, string Status, string? Version, long UptimeSeconds);

/// <summary>Orders in progress at a step.</summary>
/// <param name="Stuck">Those that should have been resumed a minute ago, or never will.</param>
public sealed record SagaStepResponse(string Step, int Count, int Stuck, double? OldestSeconds);

public sealed record DueWorkResponse(string Kind, long Count, double OldestSeconds);

/// <param name="Errors">Answers 5xx.</param>
public sealed record MinuteResponse(DateTimeOffset At, int Requests, int Errors, LatencyResponse Latency, CheckoutsResponse Checkouts);

/// <summary>Answers to checkouts: 201, 202, 402, other 4xx, 5xx. A repeated request counts again.</summary>
public sealed record CheckoutsResponse(int Confirmed, int Pending, int Declined, int Refused, int Failed);

/// <param name="Refused">Answers 4xx.</param>
/// <param name="Errors">Answers 5xx.</param>
public sealed record RouteResponse(string Route, int Requests, int Refused, int Errors, LatencyResponse Latency);

/// <summary>Milliseconds.</summary>
public sealed record LatencyResponse(double? P50, double? P95, double? P99)
{
    internal static LatencyResponse Of(LatencyHistogram latency) => new(latency.Percentile(0.5), latency.Percentile(0.95), latency.Percentile(0.99));
}
