using ActorShop.Api.Carts;
using ActorShop.Payments;

namespace ActorShop.Api.Orders;

/// <summary>Calls an order off.</summary>
/// <param name="Reason">Why, for its history.</param>
public sealed record CancelRequest(string? Reason = null) : IOptionalRequest<CancelRequest>
{
    /// <inheritdoc/>
    public static CancelRequest Absent { get; } = new();

    /// <inheritdoc/>
    public void Check(Findings findings) => findings.Text("/reason", Reason, 1, 200);
}

/// <summary>Takes authorised money. There is nothing to say: all of it is taken.</summary>
public sealed record CaptureRequest : IOptionalRequest<CaptureRequest>
{
    /// <inheritdoc/>
    public static CaptureRequest Absent { get; } = new();

    /// <inheritdoc/>
    public void Check(Findings findings)
    {
    }
}

/// <summary>Gives money back for units of an order.</summary>
/// <param name="Items">Which units.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When it happened, for refunds made elsewhere; now if left out.</param>
/// <param name="ExternalId">The id of the refund elsewhere.</param>
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
/// <param name="Quantity">Units.</param>
/// <param name="UnitPrice">What is given for one; the price that was paid if left out.</param>
/// <param name="Restock">Whether the units go back on the shelf.</param>
public sealed record RefundItemBody(string Sku, int Quantity, MoneyBody? UnitPrice = null, bool Restock = false)
{
    internal RefundItem ToItem() => new(ActorShop.Sku.From(Sku), Quantity, UnitPrice?.ToMoney(), Restock);

    internal static void Check(RefundItemBody? item, Findings findings, string pointer)
    {
        if (item is null)
        {
            findings.Add(pointer, "null", "Null has no meaning here.");
            return;
        }

        findings.Sku($"{pointer}/sku", item.Sku);
        findings.Range($"{pointer}/quantity", item.Quantity, 1, PutItemRequest.MaxQuantity);
        findings.Price($"{pointer}/unitPrice", item.UnitPrice);
    }
}

/// <summary>An order that was taken elsewhere, at stated prices.</summary>
/// <param name="ExternalId">Its id there, unique among orders.</param>
/// <param name="Currency">The currency of all its prices.</param>
/// <param name="Tender">What paid: <c>external</c> is recorded as paid elsewhere, <c>card</c> goes through the payment provider.</param>
/// <param name="Items">Its lines; several may name one SKU.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="PlacedAt">When it was placed there; now if left out.</param>
/// <param name="Payment">With <c>card</c>, what pays.</param>
/// <param name="Email">Where the confirmation goes.</param>
public sealed record TakenOrderRequest(
    string ExternalId, string Currency, OrderTender Tender, IReadOnlyList<TakenLineBody> Items, string? CustomerId = null,
    DateTimeOffset? PlacedAt = null, PaymentBody? Payment = null, string? Email = null) : IRequest
{
    /// <summary>The most lines that an order may have.</summary>
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
            findings.Add("/payment", "invalid_value", "With the tender card, and only then.");
        }

        findings.Count("/items", Items.Count, 1, MaxLines);
        for (var i = 0; i < Items.Count; i++)
        {
            TakenLineBody.Check(Items[i], Currency, findings, $"/items/{i}");
        }
    }
}

/// <summary>A line of an order that was taken elsewhere.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">Units.</param>
/// <param name="UnitPrice">The price of one.</param>
/// <param name="Name">What it was called; the SKU if left out.</param>
public sealed record TakenLineBody(string Sku, int Quantity, MoneyBody UnitPrice, string? Name = null)
{
    internal static void Check(TakenLineBody? line, string currency, Findings findings, string pointer)
    {
        if (line is null)
        {
            findings.Add(pointer, "null", "Null has no meaning here.");
            return;
        }

        findings.Sku($"{pointer}/sku", line.Sku);
        findings.Range($"{pointer}/quantity", line.Quantity, 1, PutItemRequest.MaxQuantity);
        findings.Price($"{pointer}/unitPrice", line.UnitPrice);
        findings.Text($"{pointer}/name", line.Name, 1, 200);
        if (!string.Equals(line.UnitPrice.Currency, currency, StringComparison.Ordinal))
        {
            findings.Add($"{pointer}/unitPrice/currency", "invalid_value", "The currency of the order.");
        }
    }
}
