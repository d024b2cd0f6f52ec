using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Operators;

/// <summary>HTTP routes under <c>/health</c> of the public port.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health");

        health.MapGet("/live", GetLive)
            .WithSummary("Check that the process runs")
            .WithDescription("Checks this process only. Use it for liveness probes.");

        health.MapGet("/ready", GetReady)
            .WithSummary("Check that the process can serve requests");

        health.MapGet("/startup", GetStartup)
            .WithSummary("Check that the process has started")
            .WithDescription("The port opens when the database and the silos are connected.");
    }

    private static Ok<HealthResponse> GetLive() => TypedResults.Ok(new HealthResponse("live"));

    private static Results<Ok<HealthResponse>, Problem> GetStartup(ShopHealth health) =>
        health.HasStarted ? TypedResults.Ok(new HealthResponse("started")) : new Problem(Problems.Unavailable);

    private static async Task<Results<Ok<HealthResponse>, Problem>> GetReady(ShopHealth health) =>
        await health.WhyUnreadyAsync() is { } reason ? new Problem(Problems.Unavailable, reason) : TypedResults.Ok(new HealthResponse("ready"));
}
