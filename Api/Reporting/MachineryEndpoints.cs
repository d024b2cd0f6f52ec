using ActorShop.Api.Access;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Reporting;

/// <summary>HTTP routes under <c>/v1/admin/sagas</c> and <c>/v1/admin/outbox</c>.</summary>
internal static class MachineryEndpoints
{
    public static void MapMachinery(this IEndpointRouteBuilder routes)
    {
        var sagas = routes.MapGroup("/sagas").WithTags("Machinery (admin)").RequireScope(Scopes.Reports);

        sagas.MapGet("/", ListSagas)
            .WithSummary("List unfinished sagas");

        var outbox = routes.MapGroup("/outbox").WithTags("Machinery (admin)").RequireScope(Scopes.Reports);

        outbox.MapGet("/", ListOutbox)
            .WithSummary("List undelivered messages");
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

/// <summary>The query of a saga list.</summary>
internal sealed record SagaParameters(string? State, Paging Paging) : IQuery<SagaParameters>
{
    private const string NonTerminal = "nonterminal";

    public string? Step => State is NonTerminal ? null : State;

    public static SagaParameters Read(QueryReader query) => new(
        query.Text("state", "A step of the saga. Defaults to `nonterminal`: all unfinished sagas.", 64), query.Page());
}

/// <summary>The query of the outbox.</summary>
internal sealed record OutboxParameters(Paging Paging) : IQuery<OutboxParameters>
{
    public static OutboxParameters Read(QueryReader query) => new(query.Page());
}

/// <summary>An unfinished saga.</summary>
/// <param name="Grain">The grain that runs the saga.</param>
/// <param name="Step">The current step.</param>
/// <param name="Due">When the saga is resumed.</param>
public sealed record SagaResponse(string Grain, string Step, DateTimeOffset? Due)
{
    internal static SagaResponse Of(SagaEntry saga) => new(saga.Grain, saga.Step, saga.Due);
}

/// <summary>An undelivered message.</summary>
/// <param name="Stream">The stream of the event.</param>
/// <param name="Sequence">The sequence number of the event.</param>
/// <param name="Topic">The topic of the message.</param>
public sealed record OutboxResponse(string Stream, long Sequence, string Topic)
{
    internal static OutboxResponse Of(OutboxEntry entry) => new(entry.Stream, entry.Sequence, entry.Topic);
}
