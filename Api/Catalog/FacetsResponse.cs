using ActorShop.Reporting;

namespace ActorShop.Api.Catalog;

/// <summary>Counts of the matching products.</summary>
/// <param name="Categories">Counts by category.</param>
public sealed record FacetsResponse(IReadOnlyList<FacetResponse> Categories)
{
    internal static FacetsResponse Of(IEnumerable<Facet> categories) =>
        new([.. categories.Select(static facet => new FacetResponse(facet.Value, facet.Count))]);
}

/// <summary>A value and its count.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">The number of products.</param>
public sealed record FacetResponse(string Value, int Count);
