using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Reporting;

/// <summary>The result of a rebuild.</summary>
/// <param name="Events">The number of events processed.</param>
public sealed record RebuildResponse(long Events);

internal static class RebuildReports
{
    private const string Projection = "reporting";

    public static void Map(IEndpointRouteBuilder reports) => reports.MapPost("/rebuild", HandleAsync)
        .WithSummary("Rebuild the read model from the events");

    private static async Task<Ok<RebuildResponse>> HandleAsync(IGrainFactory grains) =>
        TypedResults.Ok(new RebuildResponse(await grains.Queries().RebuildAsync(Projection)));
}
