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
    public static void Map(IEndpointRouteBuilder ledger) => ledger.MapGet("/", HandleAsync)
        .WithSummary("List the postings of the ledger");

    private static async Task<Ok<ListResponse<PostingResponse>>> HandleAsync(Query<Parameters> query, HttpContext http, IGrainFactory grains)
    {
        var (account, paging) = query.Value;
        var page = await grains.Queries().GetLedgerAsync(account, paging.After, paging.Limit);
        return TypedResults.Ok(page.Render(paging, http, PostingResponse.Of));
    }

    private sealed record Parameters(string? Account, Paging Paging) : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(query.Text("account", "The name of an account.", 64), query.Page());
    }
}
