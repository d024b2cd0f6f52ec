using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>A category to create.</summary>
/// <param name="Code">The code: lower-case letters, digits and hyphens.</param>
/// <param name="Name">The name.</param>
/// <param name="Parent">The code of the category above.</param>
public sealed record CategoryRequest(
    [Code] string Code,
    [Text(1, 200)] string Name,
    [Code] string? Parent = null)
{
    internal static CategoryRequest Example { get; } = new("mugs", "Mugs");
}

internal static class CreateCategory
{
    public static void Map(IEndpointRouteBuilder categories) => categories
        .MapPost("/", static async (CategoryRequest request, Query<DryRun> query, HttpContext http, IGrainFactory grains) =>
            (await grains.Category(request.Code).PutAsync(request.Name, expectedVersion: 0, request.Parent, query.Value.IsDry)).Render(http))
        .WithSummary("Create a category")
        .AllowsDryRun()
        .Refuses(Problems.VersionMismatch, Problems.InvalidParent);
}
