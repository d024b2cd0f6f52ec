using ActorShop.Reporting;

namespace ActorShop.Api.Reporting;

/// <summary>An unfinished saga.</summary>
/// <param name="Grain">The grain that runs the saga.</param>
/// <param name="Step">The current step.</param>
/// <param name="Due">When the saga is resumed.</param>
public sealed record SagaResponse(string Grain, string Step, DateTimeOffset? Due)
{
    internal static SagaResponse Of(SagaEntry saga) => new(saga.Grain, saga.Step, saga.Due);
}

internal static class ListSagas
{
    private const string Unfinished = "nonterminal";

    public static void Map(IEndpointRouteBuilder sagas) => sagas.MapGet("/", HandleAsync)
        .WithSummary("List unfinished sagas");

    private static async Task<Ok<ListResponse<SagaResponse>>> HandleAsync(Query<Parameters> query, HttpContext http, IGrainFactory grains)
    {
        var (state, paging) = query.Value;
        var page = await grains.Queries().FindSagasAsync(state is Unfinished ? null : state, paging.After, paging.Limit);
        return TypedResults.Ok(page.Render(paging, http, SagaResponse.Of));
    }

    private sealed record Parameters(string? State, Paging Paging) : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(
            query.Text("state", "A step of the saga. Defaults to `nonterminal`: all unfinished sagas.", 64), query.Page());
    }
}
