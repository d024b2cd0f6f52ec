using ActorShop.Accounting;

namespace ActorShop.Api.Accounting;

/// <summary>A credit note without an order.</summary>
/// <param name="ExternalId">The id, unique among ledger entries.</param>
/// <param name="Items">The credited units with their prices.</param>
/// <param name="Reason">The reason.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="At">When the entry was made. Defaults to now.</param>
public sealed record CreditNoteRequest(
    [ExternalId] string ExternalId,
    [Length(1, Line.MaxCount)] IReadOnlyList<RefundItemBody> Items,
    [Text(1, 200)] string Reason,
    [ExternalId] string? CustomerId = null,
    [Past] DateTimeOffset? At = null) : IValidatableObject
{
    private const string Account = "credit-notes";

    internal static CreditNoteRequest Example { get; } = new(
        "C536379", [new(SkuAttribute.Example, 1, new(255, "GBP"))], "Goodwill", CustomerId: "17850");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (index, item) in Items.Index())
        {
            if (item is { UnitPrice: null })
            {
                yield return new Violation(
                    "missing_member", "Required, because there is no order to take the price from.", $"/items/{index}/unitPrice");
            }
            else if (item?.UnitPrice is { } price && !string.Equals(price.Currency, Items[0]?.UnitPrice?.Currency, StringComparison.Ordinal))
            {
                yield return new Violation("invalid_value", "Must be the currency of the first item.", $"/items/{index}/unitPrice/currency");
            }
        }
    }

    internal LedgerEntry ToEntry(DateTimeOffset now)
    {
        var items = Items.Select(static item => item.ToItem()).ToArray();
        var amount = items
            .Select(static item => item.UnitPrice!.Value * item.Quantity)
            .Aggregate(static (sum, line) => sum + line);
        return new LedgerEntry(ExternalId, amount, Account, Reason, At ?? now, CustomerId, [.. items]);
    }
}

internal static class CreateCreditNote
{
    public static void Map(IEndpointRouteBuilder notes) => notes
        .MapPost("/", static async (CreditNoteRequest request, HttpContext http, IGrainFactory grains) =>
            request.ToEntry(IdSource.TimeOf(http.OperationId())) is { Amount.Amount: <= Totals.Max } entry
                ? await PostLedgerEntry.PostAsync(entry, grains)
                : Problem.OfTotal())
        .WithSummary("Create a credit note without an order")
        .WithDescription(
            "Posts the sum of the items to the account `credit-notes`, and refunds no payment. Items with `restock` go back into stock. An `externalId` is posted once: "
            + "the same note again answers 201 with the first entry, another one 409 `external_id_taken`.")
        .Idempotent()
        .Refuses(Problems.ExternalIdTaken, Problems.TotalTooLarge);
}
