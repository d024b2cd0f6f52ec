using ActorShop.Reporting;

namespace ActorShop.Api.Accounting;

/// <summary>The balance of an account in a currency.</summary>
/// <param name="Account">The account.</param>
/// <param name="Balance">The balance.</param>
public sealed record BalanceResponse(string Account, MoneySumBody Balance)
{
    internal static BalanceResponse Of(AccountBalance balance) => new(balance.Account, MoneySumBody.Of(balance.Balance));
}

internal static class ListBalances
{
    public static void Map(IEndpointRouteBuilder ledger) => ledger
        .MapGet("/balances", static async (Query<Paging> query, HttpContext http, IGrainFactory grains) => TypedResults.Ok(
            (await grains.Queries().GetBalancesAsync())
            .Page(query.Value, static balance => $"{balance.Account} {balance.Balance.Currency}")
            .Render(query.Value, http, BalanceResponse.Of)))
        .WithSummary("List the balance of each account")
        .WithDescription("The balances of each currency add up to zero.");
}
