using System.Collections.Immutable;
using ActorShop.Api.Hosting;
using ActorShop.Orders;
using ActorShop.Payments;
using Microsoft.AspNetCore.Mvc;

namespace ActorShop.Api.Orders;

/// <summary>An order from another system.</summary>
/// <param name="ExternalId">The id in the other system, unique among orders.</param>
/// <param name="Currency">The currency of all prices.</param>
/// <param name="Tender"><c>external</c> is already paid, <c>card</c> is charged through the payment provider.</param>
/// <param name="Items">The lines. Several lines may have the same SKU.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="PlacedAt">When the order was placed. Defaults to now.</param>
/// <param name="Payment">The payment, with tender <c>card</c>.</param>
/// <param name="Email">The email address for the confirmation.</param>
public sealed record ImportOrderRequest(
    [ExternalId] string ExternalId,
    [Currency] string Currency,
    OrderTender Tender,
    [Length(1, Line.MaxCount)] IReadOnlyList<ImportedLineBody> Items,
    [Text(1, 128)] string? CustomerId = null,
    [Past] DateTimeOffset? PlacedAt = null,
    PaymentBody? Payment = null,
    [Text(3, 254)] string? Email = null) : IValidatableObject
{
    internal static ImportOrderRequest Example { get; } = new(
        "536365", "GBP", OrderTender.External, [new(SkuAttribute.Example, 6, new(255, "GBP"))], CustomerId: "17850");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Tender is OrderTender.Card != Payment is not null)
        {
            yield return new Violation("invalid_value", "Required with tender card, and not allowed otherwise.", "/payment");
        }

        foreach (var (index, line) in Items.Index())
        {
            if (line is not null && !string.Equals(line.UnitPrice.Currency, Currency, StringComparison.Ordinal))
            {
                yield return new Violation("invalid_value", "Must be the currency of the order.", $"/items/{index}/unitPrice/currency");
            }
        }
    }

    internal PlaceOrder ToCommand(DateTimeOffset now)
    {
        ImmutableArray<Line> lines =
        [
            .. Items.Select(static line => Line.Of(Sku.From(line.Sku), line.Name ?? line.Sku, line.Quantity, line.UnitPrice.ToMoney())),
        ];
        return new PlaceOrder(
            lines, Tender, Payment?.Token, Cart: null, ExternalId, CustomerId, Email,
            ShippingAddress: null, PlacedAt ?? now);
    }
}

/// <summary>A line of an order from another system.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">The units.</param>
/// <param name="UnitPrice">The price per unit.</param>
/// <param name="Name">The name. Defaults to the SKU.</param>
public sealed record ImportedLineBody(
    [Sku] string Sku, [Range(1, Line.MaxQuantity)] int Quantity, PriceBody UnitPrice, [Text(1, 200)] string? Name = null);

internal static class ImportOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders.MapPost("/", HandleAsync)
        .WithSummary("Import an external order")
        .WithDescription(
            "Places an order from another system at the given prices. Tender `external` is already paid and calls no payment provider.")
        .WithMetadata(new RequestSizeLimitAttribute(RequestBody.OrderLimit))
        .Idempotent()
        .Refuses(Problems.ExternalIdTaken, Problems.InsufficientStock, Problems.PaymentDeclined, Problems.CheckoutExpired);

    private static async Task<Results<Created<OrderResponse>, Accepted<OrderResponse>, Problem>> HandleAsync(
        ImportOrderRequest request, HttpContext http, IGrainFactory grains, IOptions<ApiOptions> options)
    {
        // The time comes from the operation's id, because a repeat must place the same order.
        var id = new OrderId(OrderId.Prefix + http.OperationId());
        var order = await grains.Order(id).PlaceAsync(request.ToCommand(IdSource.TimeOf(http.OperationId())), options.Value.OrderBudget);
        return order.Failure?.Code is FailureCode.ExternalIdTaken
            ? await ExternalIdTakenAsync(request.ExternalId, grains)
            : OrderAnswers.Placed(order);
    }

    // A pending owner may still fail, which frees the external id.
    private static async Task<Problem> ExternalIdTakenAsync(string externalId, IGrainFactory grains)
    {
        var owner = await grains.ExternalId("order", externalId).GetOwnerAsync();
        var order = owner is null ? null : await grains.Order(new OrderId(owner)).GetAsync();
        return new Problem(Problems.ExternalIdTaken)
        {
            Facts = new(OrderId: owner),
            IsPassing = order is null or { Status: OrderStatus.Pending or OrderStatus.Failed },
        };
    }
}
