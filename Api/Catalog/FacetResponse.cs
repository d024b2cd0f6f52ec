namespace ActorShop.Api.Catalog;

/// <summary>A value and its count.</summary>
/// <param name="Value">The value.</param>
/// <param name="Count">The number of products.</param>
public sealed record FacetResponse(string Value, int Count);
