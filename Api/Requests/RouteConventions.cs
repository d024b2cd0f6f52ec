namespace ActorShop.Api;

/// <summary>What can be said of a route besides its handler.</summary>
internal static class RouteConventions
{
    /// <summary>The ids of the group's things.</summary>
    public static RouteGroupBuilder WithIds(this RouteGroupBuilder group, string prefix, ProblemKind notFound) =>
        group.WithMetadata(new PathId(prefix, notFound));

    /// <summary>The ids of the route's things.</summary>
    public static RouteHandlerBuilder WithIds(this RouteHandlerBuilder route, string prefix, ProblemKind notFound) =>
        route.WithMetadata(new PathId(prefix, notFound));

    /// <summary>The refusals that a client of the route should be prepared for, besides those every route has.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ProblemKind[] kinds) =>
        route.WithMetadata(new Refusals(kinds));

    /// <summary>A change that has to state which version its author saw.</summary>
    public static RouteHandlerBuilder RequiresCondition(this RouteHandlerBuilder route) =>
        route.WithMetadata(ConditionRequired.Instance);
}

/// <summary>The refusals of a route.</summary>
internal sealed record Refusals(IReadOnlyList<ProblemKind> Kinds);
