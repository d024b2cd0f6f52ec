using ActorShop.Api.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Operators;

/// <summary>HTTP routes of the operators' port: the status page and health in detail.</summary>
internal static class OperatorsEndpoints
{
    // The page is text and one style of its own: whatever else got into it must not run.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    public static void MapOperators(this IEndpointRouteBuilder routes)
    {
        var operators = routes.MapGroup(Surfaces.OperatorsPath).ExcludeFromDescription();
        operators.MapGet("/", GetStatus);
        operators.MapGet("/health/live", static () => TypedResults.Ok(new HealthResponse("live")));
        operators.MapGet("/health/details", GetDetails);
    }

    private static async Task<ContentHttpResult> GetStatus(HttpContext http, ShopHealth health)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return TypedResults.Content(StatusPage.Render(await health.ExamineAsync()), "text/html; charset=utf-8");
    }

    private static async Task<Ok<HealthDetailsResponse>> GetDetails(ShopHealth health) => TypedResults.Ok(await health.ExamineAsync());
}
