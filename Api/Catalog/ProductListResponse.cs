namespace ActorShop.Api.Catalog;

/// <summary>A page of products.</summary>
/// <param name="Data">The products.</param>
/// <param name="HasMore">Whether there are more items.</param>
/// <param name="NextCursor">The cursor of the next page; absent on the last page.</param>
/// <param name="Facets">Counts of the matching products.</param>
/// <param name="LagSeconds">The age of the list in seconds; absent when it is current.</param>
public sealed record ProductListResponse(
    IReadOnlyList<ProductSummaryResponse> Data, bool HasMore, string? NextCursor, FacetsResponse Facets, double? LagSeconds);
