using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorShop.Api.Operators;

/// <summary>The health of the process: <c>live</c>, <c>started</c> or <c>ready</c>.</summary>
public sealed record HealthResponse(string Status);

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Checks this process only: an API whose shop does not answer must not be restarted.
        Map("live", "live", static _ => false);
        Map("startup", "started", static check => check.Tags.Contains("startup"));
        Map("ready", "ready", static check => check.Tags.Contains("ready"));

        void Map(string name, string status, Func<HealthCheckRegistration, bool> checks) => routes.MapHealthChecks($"/health/{name}", new HealthCheckOptions
        {
            Predicate = checks,
            ResponseWriter = (http, report) => report.Status is HealthStatus.Healthy
                ? TypedResults.Ok(new HealthResponse(status)).ExecuteAsync(http)
                : new Problem(Problems.Unavailable, Reason(report)).ExecuteAsync(http),
        });
    }

    private static string? Reason(HealthReport report) =>
        report.Entries.Values.First(static entry => entry.Status is not HealthStatus.Healthy).Description;
}
