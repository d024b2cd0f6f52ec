namespace ActorShop.Accounting;

/// <summary>The accounts of the shop's book. Every event's postings sum to zero.</summary>
/// <remarks>
/// A hold and its end move nothing. So the cash postings in the streams of orders with tender <c>card</c> equal what the payment
/// provider captured less what it refunded.
/// </remarks>
internal static class Accounts
{
    /// <summary>What was paid to the shop, at the provider and elsewhere, less refunds.</summary>
    public const string Cash = "cash";

    /// <summary>Captures, and orders that were paid elsewhere. Negative: the other side is <see cref="Cash"/>.</summary>
    public const string Sales = "sales";

    /// <summary>Refunds, and cancellations of captured orders. The other side is <see cref="Cash"/>.</summary>
    public const string Refunds = "refunds";

    /// <summary>What refunds state beyond the lines of orders. The other side is <see cref="CustomerCredit"/>: owed, not paid.</summary>
    public const string CreditNotes = "credit-notes";

    public const string CustomerCredit = "customer-credit";

    /// <summary>Moves an amount from one account to another; an amount of zero moves nothing.</summary>
    public static ImmutableArray<(string Account, Money Amount)> Move(Money amount, string from, string to) =>
        amount.Amount == 0 ? [] : [(to, amount), (from, amount with { Amount = -amount.Amount })];
}
