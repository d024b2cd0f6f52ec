using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api;

/// <summary>Renders what one grain holds.</summary>
internal static class Reads
{
    /// <summary>200 with the ETag, 304 if the client has this version, or the problem of something that does not exist.</summary>
    public static Results<Ok<TResponse>, StatusCodeHttpResult, Problem> Render<TView, TResponse>(
        this HttpContext http, TView? view, Func<TView, long> version, Func<TView, TResponse> render, ProblemKind notFound)
        where TView : class
    {
        if (view is null)
        {
            return new Problem(notFound);
        }

        http.SetETag(version(view));
        return http.Request.HasCurrent(version(view))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(render(view));
    }
}
