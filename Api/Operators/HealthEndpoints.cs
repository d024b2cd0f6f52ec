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
        routes.MapGet("/health/ready", static async (Readiness readiness, HttpContext http) =>
            Render("ready", await readiness.CheckAsync().WaitAsync(http.RequestAborted))).ExcludeFromDescription();

        void Map(string name, string status, Func<HealthCheckRegistration, bool> checks) => routes.MapHealthChecks($"/health/{name}", new HealthCheckOptions
        {
            Predicate = checks,
            ResponseWriter = (http, report) => Render(status, report).ExecuteAsync(http),
        });
    }

    private static Results<Ok<HealthResponse>, Problem> Render(string status, HealthReport report) => report.Status is HealthStatus.Healthy
        ? TypedResults.Ok(new HealthResponse(status))
        : new Problem(Problems.Unavailable, Reason(report));

    private static string? Reason(HealthReport report) =>
        report.Entries.Values.First(static entry => entry.Status is not HealthStatus.Healthy).Description;
}
