using ActorShop.Api.Access;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Reporting;

/// <summary>HTTP routes under <c>/v1/admin/sagas</c> and <c>/v1/admin/outbox</c>: what has not ended yet.</summary>
internal static class MachineryEndpoints
{
    public static void MapMachinery(this IEndpointRouteBuilder routes)
    {
        var sagas = routes.MapGroup("/sagas").WithTags("Machinery (admin)").RequireScope(Scopes.Reports);

        sagas.MapGet("/", ListSagas)
            .WithSummary("List the sagas that have not ended");

        var outbox = routes.MapGroup("/outbox").WithTags("Machinery (admin)").RequireScope(Scopes.Reports);

        outbox.MapGet("/", ListOutbox)
            .WithSummary("List the messages that are not delivered");
    }

    private static async Task<Ok<ListResponse<SagaResponse>>> ListSagas(
        Query<SagaParameters> query, HttpContext http, IGrainFactory grains)
    {
        var paging = query.Value.Paging;
        var page = await grains.Queries().FindSagasAsync(query.Value.Step, paging.After, paging.Limit);
        return TypedResults.Ok(page.Render(paging, http, SagaResponse.Of));
    }

    private static async Task<Ok<ListResponse<OutboxResponse>>> ListOutbox(
        Query<OutboxParameters> query, HttpContext http, IGrainFactory grains)
    {
        var paging = query.Value.Paging;
        var page = await grains.Queries().GetOutboxAsync(paging.After, paging.Limit);
        return TypedResults.Ok(page.Render(paging, http, OutboxResponse.Of));
    }
}

/// <summary>Which sagas.</summary>
internal sealed record SagaParameters(string? State, Paging Paging) : IQuery<SagaParameters>
{
    private const string NonTerminal = "nonterminal";

    public string? Step => State is NonTerminal ? null : State;

    public static SagaParameters Read(QueryReader query) => new(
        query.Text("state", "A step of the saga; `nonterminal`, and nothing at all, mean all that have not ended.", 64), query.Page());
}

/// <summary>Which messages: all of them.</summary>
internal sealed record OutboxParameters(Paging Paging) : IQuery<OutboxParameters>
{
    public static OutboxParameters Read(QueryReader query) => new(query.Page());
}

/// <summary>A saga that has not ended.</summary>
/// <param name="Grain">Whose it is.</param>
/// <param name="Step">Where it stands.</param>
/// <param name="Due">When it is looked after.</param>
public sealed record SagaResponse(string Grain, string Step, DateTimeOffset? Due)
{
    internal static SagaResponse Of(SagaEntry saga) => new(saga.Grain, saga.Step, saga.Due);
}

/// <summary>A message that is not delivered.</summary>
/// <param name="Stream">Whose event it is.</param>
/// <param name="Sequence">The sequence of the event.</param>
/// <param name="Topic">Who is to be told.</param>
public sealed record OutboxResponse(string Stream, long Sequence, string Topic)
{
    internal static OutboxResponse Of(OutboxEntry entry) => new(entry.Stream, entry.Sequence, entry.Topic);
}
