namespace ActorShop.Api;

/// <summary>The problems of a route, for the documentation.</summary>
/// <param name="Kinds">The problems.</param>
internal sealed record Refusals(IReadOnlyList<ProblemKind> Kinds);
