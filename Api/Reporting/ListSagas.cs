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

    public static void Map(IEndpointRouteBuilder sagas) => sagas
        .MapGet("/", static async (Query<Parameters> query, HttpContext http, IGrainFactory grains) => TypedResults.Ok(
            (await grains.Queries().FindSagasAsync(query.Value.State is Unfinished ? null : query.Value.State, query.Value.Paging.After, query.Value.Paging.Limit))
            .Render(query.Value.Paging, http, SagaResponse.Of)))
        .WithSummary("List unfinished sagas");

    private sealed record Parameters(string? State, Paging Paging) : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(
            query.Choice("state", "A step of the saga. Defaults to `nonterminal`: all unfinished sagas.", [Unfinished, .. SagaEntry.Steps]), query.Page());
    }
}
