using ActorShop.Api.Idempotency;
using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>The problems of a route, for the documentation.</summary>
internal sealed record Refusals(params IReadOnlyList<ProblemKind> Kinds);

internal static class RouteConventions
{
    /// <summary>Maps the read of one thing by its id: 200 with its ETag, 304, or the problem of something that does not exist.</summary>
    public static RouteHandlerBuilder MapRead<TView, TResponse>(
        this IEndpointRouteBuilder routes, string pattern, ProblemKind notFound, Func<IGrainFactory, string, Task<TView?>> read,
        Func<TView, TResponse> render)
        where TView : class
        where TResponse : class, IVersioned => routes
        .MapGet(pattern, async (string id, HttpContext http, IGrainFactory grains) =>
            http.Found(await read(grains, id) is { } view ? render(view) : null, notFound))
        .WithName(OperationName.Of(read.Method))
        .Refuses(notFound);

    /// <summary>A header of the request, for the metadata of a route and the documentation.</summary>
    public static OpenApiParameter Header(string name, string description, OpenApiSchema? schema = null) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = schema ?? new OpenApiSchema { Type = JsonSchemaType.String },
    };

    /// <summary>Sets the form of the ids in the paths of a group.</summary>
    public static RouteGroupBuilder WithIds(this RouteGroupBuilder group, string prefix, ProblemKind notFound) =>
        group.WithMetadata(new PathId(prefix, notFound));

    /// <summary>Documents the problems of a route besides those that every route has.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ProblemKind[] kinds) =>
        route.WithMetadata(new Refusals(kinds));

    /// <summary>Requires a change to name the version that it replaces.</summary>
    public static RouteHandlerBuilder RequiresIfMatch(this RouteHandlerBuilder route)
    {
        route.Add(IfMatch.Require);
        return route;
    }

    /// <summary>Requires an <c>Idempotency-Key</c>, and stores the answer under it.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder route) => route
        .AddEndpointFilter<IdempotencyFilter>()
        .WithMetadata(IdempotencyKey.Required)
        .Refuses(
            Problems.IdempotencyKeyRequired, Problems.IdempotencyKeyInvalid, Problems.IdempotencyInProgress, Problems.IdempotencyKeyReused);

    /// <summary>Requires an <c>Idempotency-Key</c>. The grain that the route calls remembers it.</summary>
    public static RouteHandlerBuilder RequiresKey(this RouteHandlerBuilder route) => route
        .WithMetadata(IdempotencyKey.Required)
        .Refuses(Problems.IdempotencyKeyRequired, Problems.IdempotencyKeyInvalid, Problems.IdempotencyKeyReused);

    /// <summary>The id under which an idempotent request executes, the same at each repeat.</summary>
    public static string OperationId(this HttpContext http) =>
        http.Features.Get<Operation>()?.Id ?? throw new InvalidOperationException("The route is not idempotent.");

    public static RouteGroupBuilder RequireScope(this RouteGroupBuilder group, string scope) => group
        .RequireAuthorization(scope)
        .WithMetadata(new Refusals(Problems.ScopeRequired));
}
