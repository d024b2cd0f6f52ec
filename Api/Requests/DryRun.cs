using Microsoft.Net.Http.Headers;

namespace ActorShop.Api;

/// <summary>Whether a request is only checked: 204 if it would be accepted, or the problem that it would have.</summary>
internal sealed record DryRun(bool IsDry) : IQuery<DryRun>
{
    public static DryRun Read(QueryReader query) => new(
        query.Flag("dryRun", "`true` to check the request without a change. The answer is 204, or the problem that the request would have.") ?? false);
}

internal static class DryRunConvention
{
    /// <summary>Answers 204 in place of what a dry run would have made. The handler passes the flag of its <see cref="DryRun"/> on.</summary>
    public static RouteHandlerBuilder AllowsDryRun(this RouteHandlerBuilder route) => route
        .AddEndpointFilter(static async (context, next) =>
        {
            var result = await next(context);
            if (!context.Arguments.OfType<Query<DryRun>>().Single().Value.IsDry || Problem.In(result) is not null)
            {
                return result;
            }

            // The version that the handler named does not exist.
            context.HttpContext.Response.Headers.Remove(HeaderNames.ETag);
            return TypedResults.NoContent();
        })
        .Produces(StatusCodes.Status204NoContent);
}
