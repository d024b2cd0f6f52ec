using ActorShop.Reporting;

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
    public static void Map(IEndpointRouteBuilder outbox) => outbox
        .MapGet("/", static async (Query<Paging> query, HttpContext http, IGrainFactory grains) => TypedResults.Ok(
            (await grains.Queries().GetOutboxAsync(query.Value.After, query.Value.Limit)).Render(query.Value, http, OutboxResponse.Of)))
        .WithSummary("List undelivered messages");
}
