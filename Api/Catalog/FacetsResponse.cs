using ActorShop.Reporting;

namespace ActorShop.Api.Catalog;

/// <summary>Counts of the matching products.</summary>
/// <param name="Categories">Counts by category.</param>
public sealed record FacetsResponse(IReadOnlyList<FacetResponse> Categories)
{
    internal static FacetsResponse Of(IEnumerable<Facet> categories) =>
        new([.. categories.Select(static facet => new FacetResponse(facet.Value, facet.Count))]);
}
