using ActorShop.Accounting;
using ActorShop.Api.Access;
using ActorShop.Api.Idempotency;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Orders;

/// <summary>HTTP routes under <c>/v1/admin/ledger</c> and <c>/v1/admin/credit-notes</c>.</summary>
internal static class AccountBookEndpoints
{
    public static void MapAccountBook(this IEndpointRouteBuilder routes)
    {
        var notes = routes.MapGroup("/credit-notes").WithTags("Account book (admin)").RequireScope(Scopes.Orders);

        notes.MapPost("/", PostCreditNote)
            .WithSummary("Create a credit note without an order")
            .Idempotent()
            .Refuses(Problems.ExternalIdTaken);

        var ledger = routes.MapGroup("/ledger").WithTags("Account book (admin)").RequireScope(Scopes.Orders);

        ledger.MapPost("/entries", PostEntry)
            .WithSummary("Post a manual entry, such as bad debt")
            .Idempotent()
            .Refuses(Problems.ExternalIdTaken);

        ledger.MapGet("/", ListPostings)
            .WithSummary("List the postings of the ledger");

        ledger.MapGet("/balances", GetBalances)
            .WithSummary("List the balance of each account")
            .WithDescription("The balances of each currency add up to zero.");
    }

    private static Task<Results<Created<LedgerEntryResponse>, Problem>> PostCreditNote(
        Body<CreditNoteRequest> body, HttpContext http, IGrainFactory grains) =>
        PostAsync(body.Value.ToEntry(IdSource.TimeOf(http.OperationId())), grains);

    private static Task<Results<Created<LedgerEntryResponse>, Problem>> PostEntry(
        Body<LedgerEntryRequest> body, HttpContext http, IGrainFactory grains) =>
        PostAsync(body.Value.ToEntry(IdSource.TimeOf(http.OperationId())), grains);

    private static async Task<Results<Created<LedgerEntryResponse>, Problem>> PostAsync(LedgerEntry entry, IGrainFactory grains) =>
        await grains.LedgerEntry(entry.ExternalId).PostAsync(entry) switch
        {
            PostEntryResult.Posted posted => TypedResults.Created("/v1/admin/ledger", LedgerEntryResponse.Of(posted.Entry)),
            PostEntryResult.Taken => new Problem(Problems.ExternalIdTaken),
            var other => throw Problems.Unmapped(other),
        };

    private static async Task<Ok<ListResponse<PostingResponse>>> ListPostings(
        Query<PostingParameters> query, HttpContext http, IGrainFactory grains)
    {
        var paging = query.Value.Paging;
        var page = await grains.Queries().GetLedgerAsync(query.Value.Account, paging.After, paging.Limit);
        return TypedResults.Ok(page.Render(paging, http, PostingResponse.Of));
    }

    private static async Task<Ok<ListResponse<BalanceResponse>>> GetBalances(IGrainFactory grains)
    {
        var balances = await grains.Queries().GetBalancesAsync();
        return TypedResults.Ok(new ListResponse<BalanceResponse>(
            [.. balances.Select(BalanceResponse.Of)], HasMore: false, NextCursor: null));
    }
}

/// <summary>The query of a posting list.</summary>
internal sealed record PostingParameters(string? Account, Paging Paging) : IQuery<PostingParameters>
{
    public static PostingParameters Read(QueryReader query) =>
        new(query.Text("account", "The name of an account.", 64), query.Page());
}

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

/// <summary>The balance of an account in a currency.</summary>
/// <param name="Account">The account.</param>
/// <param name="Balance">The balance.</param>
public sealed record BalanceResponse(string Account, MoneyBody Balance)
{
    internal static BalanceResponse Of(AccountBalance balance) => new(balance.Account, MoneyBody.Of(balance.Balance));
}
