using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Operators;

/// <summary>HTTP routes under <c>/health</c> of the public port.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health");

        health.MapGet("/live", GetLive)
            .WithSummary("Whether the process runs")
            .WithDescription("Asks nobody: a shop that cannot answer is no reason to restart this process.");

        health.MapGet("/ready", GetReady)
            .WithSummary("Whether requests should come here");

        health.MapGet("/startup", GetStartup)
            .WithSummary("Whether the process has started")
            .WithDescription("It listens when it has found its database and its silos; until then nobody answers here.");
    }

    private static Ok<HealthResponse> GetLive() => TypedResults.Ok(new HealthResponse("live"));

    private static Results<Ok<HealthResponse>, Problem> GetStartup(ShopHealth health) =>
        health.HasStarted ? TypedResults.Ok(new HealthResponse("started")) : new Problem(Problems.Unavailable);

    private static async Task<Results<Ok<HealthResponse>, Problem>> GetReady(ShopHealth health) =>
        await health.WhyUnreadyAsync() is { } reason ? new Problem(Problems.Unavailable, reason) : TypedResults.Ok(new HealthResponse("ready"));
}
