using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>The result of a rebuild.</summary>
/// <param name="Events">The number of events processed.</param>
public sealed record RebuildResponse(long Events);

internal static class RebuildReports
{
    private const string Projection = "reporting";

    public static void Map(IEndpointRouteBuilder reports) => reports
        .MapPost("/rebuild", static async (IGrainFactory grains) =>
            TypedResults.Ok(new RebuildResponse(await grains.Queries().RebuildAsync(Projection))))
        .WithSummary("Rebuild the read model from the events");
}
