namespace ActorShop.Accounting;

/// <summary>The accounts of the shop's book. Every event's postings sum to zero.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>a capture, and the confirmation of an order paid elsewhere</term><description><c>cash</c> +a, <c>sales</c> −a</description></item>
/// <item><term>a refund, and the cancellation of a captured order</term><description><c>cash</c> −a, <c>refunds</c> +a</description></item>
/// <item><term>what a refund states beyond the line</term><description><c>credit-notes</c> +a, <c>customer-credit</c> −a: owed, not paid</description></item>
/// <item><term>a manual entry</term><description>its account +a, <c>cash</c> −a</description></item>
/// </list>
/// A hold and its end move nothing. So the cash postings in the streams of orders with tender <c>card</c> equal what the payment
/// provider captured less what it refunded.
/// </remarks>
internal static class Accounts
{
    /// <summary>What was paid to the shop, at the provider and elsewhere, less what was paid back.</summary>
    public const string Cash = "cash";

    /// <summary>What was sold: negative, being the other side of the cash.</summary>
    public const string Sales = "sales";

    /// <summary>What was given back of sales.</summary>
    public const string Refunds = "refunds";

    /// <summary>What was granted beyond the lines of orders.</summary>
    public const string CreditNotes = "credit-notes";

    /// <summary>What the shop owes customers because of credit notes of orders.</summary>
    public const string CustomerCredit = "customer-credit";

    /// <summary>Moves an amount from one account to another; an amount of zero moves nothing.</summary>
    public static ImmutableArray<(string Account, Money Amount)> Move(Money amount, string from, string to) =>
        amount.Amount == 0 ? [] : [(to, amount), (from, amount with { Amount = -amount.Amount })];
}
