using ActorShop.Orders;

namespace ActorShop.Api.Orders;

/// <summary>A refund of units or money of an order.</summary>
/// <param name="Items">The units and amounts to refund.</param>
/// <param name="Reason">The reason.</param>
/// <param name="At">When the refund was made, for a refund from another system. Defaults to now.</param>
/// <param name="ExternalId">The id of the refund in the other system.</param>
/// <param name="CreditNote">Whether an amount beyond what was paid becomes a credit note. Otherwise the refund is refused.</param>
public sealed record RefundOrderRequest(
    [Length(1, Line.MaxCount)] IReadOnlyList<RefundLineBody> Items,
    [Text(1, 200)] string Reason,
    [Past] DateTimeOffset? At = null,
    [ExternalId] string? ExternalId = null,
    bool CreditNote = false)
{
    internal static RefundOrderRequest Example { get; } = new([new(SkuAttribute.Example, 1, Restock: true)], "Broken on arrival");
}

/// <summary>Units of a SKU, an amount, or both. Units and money of a line are counted separately.</summary>
/// <param name="Sku">A SKU of the order.</param>
/// <param name="Quantity">The units. Required without an amount.</param>
/// <param name="UnitPrice">The refund per unit. Defaults to the price paid.</param>
/// <param name="Amount">The refund of the item, instead of a unit price.</param>
/// <param name="Restock">Whether the units return to stock.</param>
public sealed record RefundLineBody(
    [Sku(IsReference = true)] string Sku, [Range(1, Line.MaxQuantity)] int? Quantity = null, PriceBody? UnitPrice = null,
    PriceBody? Amount = null, bool Restock = false) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Quantity is null && (Amount is null || UnitPrice is not null || Restock))
        {
            yield return new Violation("missing_member", "Required, unless the item has only an amount.", "/quantity");
        }
        else if (Amount is not null && UnitPrice is not null)
        {
            yield return new Violation("invalid_value", "Not allowed with an amount.", "/unitPrice");
        }
        else if (Quantity is null && Amount is { Amount: 0 })
        {
            yield return new Violation("out_of_range", "Must be above zero without a quantity.", "/amount/amount");
        }
    }

    internal RefundItem ToItem() => new(ActorShop.Sku.From(Sku), Quantity ?? 0, UnitPrice?.ToMoney(), Restock, Amount?.ToMoney());
}

internal static class RefundOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapPost("/{id}/refunds", static async (string id, RefundOrderRequest request, HttpContext http, IGrainFactory grains) =>
            (await grains.Order(new OrderId(id)).RefundAsync(http.OperationId(), new RefundRequest(
                [.. request.Items.Select(static item => item.ToItem())], request.Reason, request.At, request.ExternalId, request.CreditNote))).Render(http))
        .WithSummary("Refund units or amounts of an order and optionally restock the units")
        .WithDescription(
            "Units and money of a line are counted separately: if units were refunded below the price paid, the rest can be refunded by `amount`. "
            + "More than was paid for the lines is refused, unless `creditNote` is true: then the excess becomes a credit note.")
        .IsOperation(
            Problems.Of<OrderRefusal.NotCaptured>(), Problems.NoSuchLine, Problems.RefundExceedsPaid, Problems.TotalTooLarge,
            Problems.CurrencyMismatch, Problems.Of<OrderRefusal.TooManyOperations>());
}
