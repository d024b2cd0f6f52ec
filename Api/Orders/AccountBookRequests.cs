using ActorShop.Accounting;

namespace ActorShop.Api.Orders;

/// <summary>A credit note without an order.</summary>
/// <param name="ExternalId">Its id, unique in the account book.</param>
/// <param name="Items">What it is for, at stated prices.</param>
/// <param name="Reason">Why.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="At">When it happened; now if left out.</param>
public sealed record CreditNoteRequest(
    string ExternalId, IReadOnlyList<RefundItemBody> Items, string Reason, string? CustomerId = null, DateTimeOffset? At = null) : IRequest
{
    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.ExternalId("/externalId", ExternalId);
        findings.Text("/customerId", CustomerId, 1, 128);
        findings.Text("/reason", Reason, 1, 200);
        findings.Past("/at", At);
        findings.Count("/items", Items.Count, 1, TakenOrderRequest.MaxLines);
        for (var i = 0; i < Items.Count; i++)
        {
            RefundItemBody.Check(Items[i], findings, $"/items/{i}");
            if (Items[i] is { UnitPrice: null })
            {
                findings.Add($"/items/{i}/unitPrice", "missing_member", "There is no order to take the price from.");
            }
            else if (Items[i]?.UnitPrice is { } price && !string.Equals(price.Currency, Items[0]?.UnitPrice?.Currency, StringComparison.Ordinal))
            {
                findings.Add($"/items/{i}/unitPrice/currency", "invalid_value", "The currency of the first item.");
            }
        }
    }

    internal LedgerEntry ToEntry(DateTimeOffset now)
    {
        var items = Items.Select(static item => item.ToItem()).ToArray();
        var amount = items
            .Select(static item => item.UnitPrice!.Value * item.Quantity)
            .Aggregate(static (sum, line) => sum + line);
        return new LedgerEntry(ExternalId, amount, AccountName.CreditNotes, Reason, At ?? now, CustomerId, [.. items]);
    }
}

/// <summary>A manual entry of the account book.</summary>
/// <param name="ExternalId">Its id, unique in the account book.</param>
/// <param name="Amount">What the account gains; negative where it loses. Cash is the other side.</param>
/// <param name="Account">Its name, such as <c>bad-debt</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="At">When it happened; now if left out.</param>
public sealed record LedgerEntryRequest(
    string ExternalId, MoneyBody Amount, string Account, string Reason, string? CustomerId = null, DateTimeOffset? At = null) : IRequest
{
    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.ExternalId("/externalId", ExternalId);
        findings.Range("/amount/amount", Amount.Amount, -MoneyBody.MaxAmount, MoneyBody.MaxAmount);
        findings.Currency("/amount/currency", Amount.Currency);
        if (Amount.Amount == 0)
        {
            findings.Add("/amount/amount", "out_of_range", "Nothing would move.");
        }

        AccountName.Check(findings, "/account", Account);
        findings.Text("/customerId", CustomerId, 1, 128);
        findings.Text("/reason", Reason, 1, 200);
        findings.Past("/at", At);
    }

    internal LedgerEntry ToEntry(DateTimeOffset now) =>
        new(ExternalId, Amount.ToMoney(), Account, Reason, At ?? now, CustomerId, Items: []);
}

/// <summary>Names of accounts.</summary>
internal static class AccountName
{
    public const string CreditNotes = "credit-notes";

    // Cash is the other side of every manual entry: between cash and cash nothing moves.
    private const string Cash = "cash";

    public static void Check(Findings findings, string pointer, string account)
    {
        if (!CategoryCode.IsValid(account) || account is Cash)
        {
            findings.Add(pointer, "invalid_value", "1 to 64 lower-case letters, digits and hyphens, and not cash.");
        }
    }
}

/// <summary>An entry of the account book.</summary>
/// <param name="ExternalId">Its id.</param>
/// <param name="Amount">What the account gained.</param>
/// <param name="Account">Its name.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When it happened.</param>
/// <param name="CustomerId">Whose it is, if known.</param>
/// <param name="Items">With a credit note, what it is for.</param>
public sealed record LedgerEntryResponse(
    string ExternalId, MoneyBody Amount, string Account, string Reason, DateTimeOffset At, string? CustomerId,
    IReadOnlyList<RefundItemBody> Items)
{
    internal static LedgerEntryResponse Of(LedgerEntry entry) => new(
        entry.ExternalId, MoneyBody.Of(entry.Amount), entry.Account, entry.Reason, entry.At, entry.CustomerId,
        [
            .. entry.Items.Select(static item => new RefundItemBody(
                item.Sku.Value, item.Quantity, item.UnitPrice is { } price ? MoneyBody.Of(price) : null, item.Restock)),
        ]);
}
