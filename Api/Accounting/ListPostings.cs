using ActorShop.Reporting;

namespace ActorShop.Api.Accounting;

/// <summary>One side of a double entry.</summary>
/// <param name="Stream">The order or ledger entry of the posting.</param>
/// <param name="Sequence">The sequence number of the event.</param>
/// <param name="At">When the event occurred.</param>
/// <param name="Account">The account.</param>
/// <param name="Amount">The amount, positive or negative.</param>
public sealed record PostingResponse(string Stream, long Sequence, DateTimeOffset At, string Account, MoneyBody Amount)
{
    internal static PostingResponse Of(PostingEntry posting) =>
        new(posting.Stream, posting.Sequence, posting.At, posting.Account, MoneyBody.Of(posting.Amount));
}

internal static class ListPostings
{
    public static void Map(IEndpointRouteBuilder ledger) => ledger
        .MapGet("/", static async (Query<Parameters> query, HttpContext http, IGrainFactory grains) => TypedResults.Ok(
            (await grains.Queries().GetLedgerAsync(query.Value.Account, query.Value.Paging.After, query.Value.Paging.Limit))
            .Render(query.Value.Paging, http, PostingResponse.Of)))
        .WithSummary("List the postings of the ledger");

    private sealed record Parameters(string? Account, Paging Paging) : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(query.Text("account", "The name of an account.", 64), query.Page());
    }
}
