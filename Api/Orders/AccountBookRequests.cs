using ActorShop.Accounting;

namespace ActorShop.Api.Orders;

/// <summary>A credit note without an order.</summary>
/// <param name="ExternalId">The id, unique among ledger entries.</param>
/// <param name="Items">The credited units with their prices.</param>
/// <param name="Reason">The reason.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="At">When the entry was made. Defaults to now.</param>
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
                findings.Add($"/items/{i}/unitPrice", "missing_member", "Required, because there is no order to take the price from.");
            }
            else if (Items[i]?.UnitPrice is { } price && !string.Equals(price.Currency, Items[0]?.UnitPrice?.Currency, StringComparison.Ordinal))
            {
                findings.Add($"/items/{i}/unitPrice/currency", "invalid_value", "Must be the currency of the first item.");
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

/// <summary>A manual ledger entry.</summary>
/// <param name="ExternalId">The id, unique among ledger entries.</param>
/// <param name="Amount">The amount, positive or negative. The account <c>cash</c> gets the opposite amount.</param>
/// <param name="Account">The name of the account, such as <c>bad-debt</c>.</param>
/// <param name="Reason">The reason.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="At">When the entry was made. Defaults to now.</param>
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
            findings.Add("/amount/amount", "out_of_range", "Must not be zero.");
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

    // Cash is the opposite account of every manual entry.
    private const string Cash = "cash";

    public static void Check(Findings findings, string pointer, string account)
    {
        if (!CategoryCode.IsValid(account) || account is Cash)
        {
            findings.Add(pointer, "invalid_value", "Must be 1 to 64 lower-case letters, digits or hyphens, other than cash.");
        }
    }
}

/// <summary>A ledger entry.</summary>
/// <param name="ExternalId">The id.</param>
/// <param name="Amount">The amount, positive or negative.</param>
/// <param name="Account">The name of the account.</param>
/// <param name="Reason">The reason.</param>
/// <param name="At">When the entry was made.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="Items">The credited units of a credit note.</param>
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
