namespace ActorShop.Api;

/// <summary>The conventions of the routes.</summary>
internal static class RouteConventions
{
    /// <summary>Sets the form of the ids in the paths of a group.</summary>
    public static RouteGroupBuilder WithIds(this RouteGroupBuilder group, string prefix, ProblemKind notFound) =>
        group.WithMetadata(new PathId(prefix, notFound));

    /// <summary>Documents the problems of a route besides those that every route has.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ProblemKind[] kinds) =>
        route.WithMetadata(new Refusals(kinds));

    /// <summary>Requires a change to name the version that it replaces.</summary>
    public static RouteHandlerBuilder RequiresIfMatch(this RouteHandlerBuilder route) => route.WithMetadata(IfMatchRequired.Instance);
}
