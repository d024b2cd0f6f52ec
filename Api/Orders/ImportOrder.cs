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
/// <param name="Shipping">The shipping cost.</param>
/// <param name="ShippingTaxes">The taxes of the shipping cost.</param>
/// <param name="TaxInclusive">Whether the prices include the taxes. Required with taxes.</param>
/// <param name="Total">The total in the other system. If the amounts do not add up to it, the order is refused.</param>
/// <param name="Fulfilled">Whether the order was shipped. Its units then leave the stock when it is confirmed.</param>
public sealed record ImportOrderRequest(
    [ExternalId] string ExternalId,
    [Currency(AllowWithdrawn = true)] string Currency,
    OrderTender Tender,
    [Length(1, Line.MaxCount)] IReadOnlyList<ImportedLineBody> Items,
    [ExternalId] string? CustomerId = null,
    [Past] DateTimeOffset? PlacedAt = null,
    PaymentBody? Payment = null,
    [Email] string? Email = null,
    PriceBody? Shipping = null,
    PriceBody? ShippingTaxes = null,
    bool? TaxInclusive = null,
    TotalBody? Total = null,
    bool Fulfilled = true) : IValidatableObject
{
    internal static ImportOrderRequest Example { get; } = new(
        "536365", "GBP", OrderTender.External, [new(SkuAttribute.Example, 6, new(255, "GBP"))], CustomerId: "17850");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Tender is OrderTender.Card != Payment is not null)
        {
            yield return new Violation("invalid_value", "Required with tender card, and not allowed otherwise.", "/payment");
        }

        if (PlacedAt is null && CurrencyAttribute.CheckCirculation(Currency) is not null)
        {
            yield return new Violation("missing_member", "Required, because the currency is withdrawn from circulation.", "/placedAt");
        }

        if (TaxInclusive is null && (ShippingTaxes is not null || Items.Any(static line => line?.Taxes is not null)))
        {
            yield return new Violation("missing_member", "Required with taxes.", "/taxInclusive");
        }

        foreach (var (currency, at) in Currencies())
        {
            if (currency is not null && !string.Equals(currency, Currency, StringComparison.Ordinal))
            {
                yield return new Violation("invalid_value", "Must be the currency of the order.", $"{at}/currency");
            }
        }

        foreach (var (index, line) in Items.Index())
        {
            if (line is { Discounts: { } discounts } && discounts.Amount > line.UnitPrice.Amount * line.Quantity)
            {
                yield return new Violation("out_of_range", "Must be at most the unit price times the quantity.", $"/items/{index}/discounts/amount");
            }

            if (TaxInclusive is true && line is { Taxes: { } taxes } && taxes.Amount > (line.UnitPrice.Amount * line.Quantity) - (line.Discounts?.Amount ?? 0))
            {
                yield return new Violation("out_of_range", "Taxes within the prices must be at most the price of the line.", $"/items/{index}/taxes/amount");
            }
        }

        if (TaxInclusive is true && ShippingTaxes?.Amount > (Shipping?.Amount ?? 0))
        {
            yield return new Violation("out_of_range", "Taxes within the prices must be at most the shipping cost.", "/shippingTaxes/amount");
        }
    }

    private IEnumerable<(string? Currency, string At)> Currencies() => Items.Index()
        .Where(static line => line.Item is not null)
        .SelectMany(static line => ((string?, string)[])
        [
            (line.Item.UnitPrice.Currency, $"/items/{line.Index}/unitPrice"), (line.Item.Discounts?.Currency, $"/items/{line.Index}/discounts"),
            (line.Item.Taxes?.Currency, $"/items/{line.Index}/taxes"),
        ])
        .Concat([(Shipping?.Currency, "/shipping"), (ShippingTaxes?.Currency, "/shippingTaxes"), (Total?.Currency, "/total")]);

    internal PlaceOrder ToCommand(DateTimeOffset now)
    {
        ImmutableArray<Line> lines =
        [
            .. Items.Select(static line => Line.Of(Sku.From(line.Sku), line.Name ?? line.Sku, line.Quantity, line.UnitPrice.ToMoney()) with
            {
                Discounts = line.Discounts?.ToMoney(),
                Taxes = line.Taxes?.ToMoney(),
            }),
        ];
        return new PlaceOrder(
            lines, Tender, Payment?.Token, Cart: null, ExternalId, CustomerId, Email,
            ShippingAddress: null, PlacedAt ?? now, Shipping?.ToMoney(), ShippingTaxes?.ToMoney(), TaxInclusive, Attempt: null, Fulfilled);
    }
}

/// <summary>A line of an order from another system.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">The units.</param>
/// <param name="UnitPrice">The price per unit.</param>
/// <param name="Name">The name. Defaults to the SKU.</param>
/// <param name="Discounts">The discounts of the line.</param>
/// <param name="Taxes">The taxes of the line, within the price or on top of it.</param>
public sealed record ImportedLineBody(
    [Sku] string Sku, [Range(1, Line.MaxQuantity)] int Quantity, PriceBody UnitPrice, [Text(1, 200)] string? Name = null,
    PriceBody? Discounts = null, PriceBody? Taxes = null);

internal static class ImportOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders.MapPost("/", HandleAsync)
        .WithSummary("Import an external order")
        .WithDescription(
            "Places an order from another system at the given prices. Tender `external` is already paid and calls no payment provider.")
        .WithMetadata(new RequestSizeLimitAttribute(RequestBody.OrderLimit))
        .Idempotent()
        .Refuses(Problems.ExternalIdTaken, Problems.InsufficientStock, Problems.PaymentDeclined, Problems.CheckoutExpired,
            Problems.TotalTooLarge, Problems.TotalsMismatch);

    private static async Task<Results<Created<OrderResponse>, Accepted<OrderResponse>, Problem>> HandleAsync(
        ImportOrderRequest request, HttpContext http, IGrainFactory grains, IOptions<ApiOptions> options)
    {
        // The time comes from the operation's id, because a repeat must place the same order.
        var command = request.ToCommand(IdSource.TimeOf(http.OperationId()));
        var total = Totals.Of(command.Lines, request.Currency, command.TaxInclusive ?? true, command.Shipping, command.ShippingTaxes).Total;
        if (total.Amount > Totals.Max)
        {
            return Problem.OfTotal();
        }

        if (request.Total?.ToMoney() is { } stated && stated != total)
        {
            return new Problem(Problems.TotalsMismatch, string.Create(CultureInfo.InvariantCulture, $"The amounts add up to {total.Amount} {total.Currency}."));
        }

        var id = new OrderId(OrderId.Prefix + http.OperationId());
        var order = await grains.Order(id).PlaceAsync(command, options.Value.OrderBudget);
        return order.Failure?.Code is FailureCode.ExternalIdTaken
            ? await ExternalIdTakenAsync(request.ExternalId, grains)
            : OrderAnswers.Placed(order, http);
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
