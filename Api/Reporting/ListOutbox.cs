using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Reporting;

/// <summary>An undelivered message.</summary>
/// <param name="Stream">The stream of the event.</param>
/// <param name="Sequence">The sequence number of the event.</param>
/// <param name="Topic">The topic of the message.</param>
public sealed record OutboxResponse(string Stream, long Sequence, string Topic)
{
    internal static OutboxResponse Of(OutboxEntry entry) => new(entry.Stream, entry.Sequence, entry.Topic);
}

internal static class ListOutbox
{
    public static void Map(IEndpointRouteBuilder outbox) => outbox.MapGet("/", HandleAsync)
        .WithSummary("List undelivered messages");

    private static async Task<Ok<ListResponse<OutboxResponse>>> HandleAsync(Query<Parameters> query, HttpContext http, IGrainFactory grains)
    {
        var paging = query.Value.Paging;
        var page = await grains.Queries().GetOutboxAsync(paging.After, paging.Limit);
        return TypedResults.Ok(page.Render(paging, http, OutboxResponse.Of));
    }

    private sealed record Parameters(Paging Paging) : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(query.Page());
    }
}
