using ActorShop.Api.Carts;
using ActorShop.Payments;

namespace ActorShop.Api.Orders;

/// <summary>A cancellation of an order.</summary>
/// <param name="Reason">The reason, recorded in the history.</param>
public sealed record CancelRequest(string? Reason = null) : IOptionalRequest<CancelRequest>
{
    /// <inheritdoc/>
    public static CancelRequest Absent { get; } = new();

    /// <inheritdoc/>
    public void Check(Findings findings) => findings.Text("/reason", Reason, 1, 200);
}

/// <summary>A capture of the authorised payment in full. The body may be left out.</summary>
public sealed record CaptureRequest : IOptionalRequest<CaptureRequest>
{
    /// <inheritdoc/>
    public static CaptureRequest Absent { get; } = new();

    /// <inheritdoc/>
    public void Check(Findings findings)
    {
    }
}

/// <summary>A refund of units of an order.</summary>
/// <param name="Items">The units to refund.</param>
/// <param name="Reason">The reason.</param>
/// <param name="At">When the refund was made, for a refund from another system. Defaults to now.</param>
/// <param name="ExternalId">The id of the refund in the other system.</param>
public sealed record RefundOrderRequest(
    IReadOnlyList<RefundItemBody> Items, string Reason, DateTimeOffset? At = null, string? ExternalId = null) : IRequest
{
    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.Count("/items", Items.Count, 1, TakenOrderRequest.MaxLines);
        for (var i = 0; i < Items.Count; i++)
        {
            RefundItemBody.Check(Items[i], findings, $"/items/{i}");
        }

        findings.Text("/reason", Reason, 1, 200);
        findings.Past("/at", At);
        findings.ExternalId("/externalId", ExternalId);
    }
}

/// <summary>Units of a SKU to be refunded.</summary>
/// <param name="Sku">A SKU of the order.</param>
/// <param name="Quantity">The units.</param>
/// <param name="UnitPrice">The refund per unit. Defaults to the price paid.</param>
/// <param name="Restock">Whether the units return to stock.</param>
public sealed record RefundItemBody(string Sku, int Quantity, MoneyBody? UnitPrice = null, bool Restock = false)
{
    internal RefundItem ToItem() => new(ActorShop.Sku.From(Sku), Quantity, UnitPrice?.ToMoney(), Restock);

    internal static void Check(RefundItemBody? item, Findings findings, string pointer)
    {
        if (item is null)
        {
            findings.Add(pointer, "null", "Must not be null.");
            return;
        }

        findings.Sku($"{pointer}/sku", item.Sku);
        findings.Range($"{pointer}/quantity", item.Quantity, 1, PutItemRequest.MaxQuantity);
        findings.Price($"{pointer}/unitPrice", item.UnitPrice);
    }
}

/// <summary>An order from another system.</summary>
/// <param name="ExternalId">The id in the other system, unique among orders.</param>
/// <param name="Currency">The currency of all prices.</param>
/// <param name="Tender"><c>external</c> is already paid, <c>card</c> is charged through the payment provider.</param>
/// <param name="Items">The lines. Several lines may have the same SKU.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="PlacedAt">When the order was placed. Defaults to now.</param>
/// <param name="Payment">The payment, with tender <c>card</c>.</param>
/// <param name="Email">The email address for the confirmation.</param>
public sealed record TakenOrderRequest(
    string ExternalId, string Currency, OrderTender Tender, IReadOnlyList<TakenLineBody> Items, string? CustomerId = null,
    DateTimeOffset? PlacedAt = null, PaymentBody? Payment = null, string? Email = null) : IRequest
{
    /// <summary>The maximum number of lines of an order.</summary>
    public const int MaxLines = 2_000;

    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.ExternalId("/externalId", ExternalId);
        findings.Currency("/currency", Currency);
        findings.Text("/customerId", CustomerId, 1, 128);
        findings.Past("/placedAt", PlacedAt);
        findings.Text("/email", Email, 3, 254);
        Payment?.Check(findings, "/payment");
        if (Tender is OrderTender.Card != Payment is not null)
        {
            findings.Add("/payment", "invalid_value", "Required with tender card, and not allowed otherwise.");
        }

        findings.Count("/items", Items.Count, 1, MaxLines);
        for (var i = 0; i < Items.Count; i++)
        {
            TakenLineBody.Check(Items[i], Currency, findings, $"/items/{i}");
        }
    }
}

/// <summary>A line of an order from another system.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">The units.</param>
/// <param name="UnitPrice">The price per unit.</param>
/// <param name="Name">The name. Defaults to the SKU.</param>
public sealed record TakenLineBody(string Sku, int Quantity, MoneyBody UnitPrice, string? Name = null)
{
    internal static void Check(TakenLineBody? line, string currency, Findings findings, string pointer)
    {
        if (line is null)
        {
            findings.Add(pointer, "null", "Must not be null.");
            return;
        }

        findings.Sku($"{pointer}/sku", line.Sku);
        findings.Range($"{pointer}/quantity", line.Quantity, 1, PutItemRequest.MaxQuantity);
        findings.Price($"{pointer}/unitPrice", line.UnitPrice);
        findings.Text($"{pointer}/name", line.Name, 1, 200);
        if (!string.Equals(line.UnitPrice.Currency, currency, StringComparison.Ordinal))
        {
            findings.Add($"{pointer}/unitPrice/currency", "invalid_value", "Must be the currency of the order.");
        }
    }
}
