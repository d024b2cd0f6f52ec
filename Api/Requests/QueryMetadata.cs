namespace ActorShop.Api;

/// <summary>The query of a route, for the documentation.</summary>
/// <param name="Parameters">The parameters.</param>
internal sealed record QueryMetadata(IReadOnlyList<QueryParameter> Parameters);
