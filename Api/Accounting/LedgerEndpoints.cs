using ActorShop.Api.Access;

namespace ActorShop.Api.Accounting;

internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        CreateCreditNote.Map(routes.MapGroup("/credit-notes").WithTags("Account book (admin)").RequireScope(Scopes.Orders));

        var ledger = routes.MapGroup("/ledger").WithTags("Account book (admin)").RequireScope(Scopes.Orders);
        PostLedgerEntry.Map(ledger);
        ListPostings.Map(ledger);
        ListBalances.Map(ledger);
    }
}
