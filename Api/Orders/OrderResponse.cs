using System.Collections.Immutable;
using ActorShop.Api.Carts;
using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Api.Orders;

/// <summary>A line of a cart or an order.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Name">The name when the line was added.</param>
/// <param name="Quantity">The units.</param>
/// <param name="UnitPrice">The price per unit.</param>
/// <param name="LineTotal">The quantity times the unit price.</param>
public sealed record LineResponse(string Sku, string Name, int Quantity, MoneyBody UnitPrice, MoneyBody LineTotal)
{
    internal static IReadOnlyList<LineResponse> Of(ImmutableArray<Line> lines) =>
    [
        .. lines.Select(static line => new LineResponse(
            line.Sku.Value, line.Name, line.Quantity, MoneyBody.Of(line.UnitPrice), MoneyBody.Of(line.LineTotal))),
    ];
}

/// <summary>The reason why an order failed.</summary>
/// <param name="Code">The problem code.</param>
/// <param name="DeclineCode">The payment provider's decline code.</param>
/// <param name="Sku">The SKU with insufficient stock.</param>
/// <param name="Available">The units available of the SKU.</param>
public sealed record FailureResponse(string Code, string? DeclineCode, string? Sku, int? Available)
{
    internal static FailureResponse? Of(OrderFailure? failure) =>
        failure is null ? null : new(failure.Code, failure.DeclineCode, failure.Sku?.Value, failure.Available);
}

/// <summary>An order.</summary>
/// <param name="Id">The id.</param>
/// <param name="Number">The order number for people.</param>
/// <param name="Status">The status of the order.</param>
/// <param name="PaymentStatus">The status of the payment.</param>
/// <param name="FulfilmentStatus">The status of the delivery.</param>
/// <param name="Items">The lines, at the prices when the order was placed.</param>
/// <param name="Subtotal">The sum of the lines.</param>
/// <param name="Discounts">The discounts.</param>
/// <param name="Taxes">The taxes.</param>
/// <param name="Shipping">The shipping cost.</param>
/// <param name="Total">The amount to pay.</param>
/// <param name="TaxInclusive">Whether prices include tax.</param>
/// <param name="Refunded">The refunded amount.</param>
/// <param name="Credited">The amount credited by credit notes.</param>
/// <param name="Failure">The reason of a failed order.</param>
/// <param name="CartId">The cart of the order.</param>
/// <param name="ExternalId">The id in the system that the order was imported from.</param>
/// <param name="Email">The email address for the confirmation.</param>
/// <param name="ShippingAddress">The delivery address.</param>
/// <param name="PlacedAt">When the order was placed.</param>
/// <param name="AllowedActions">The operations that the status allows. Each is the last segment of a path below the order.</param>
/// <param name="Version">The version, which is also the ETag.</param>
public sealed record OrderResponse(
    string Id, string Number, OrderStatus Status, PaymentStatus PaymentStatus, FulfilmentStatus FulfilmentStatus,
    IReadOnlyList<LineResponse> Items, MoneyBody Subtotal, MoneyBody Discounts, MoneyBody Taxes, MoneyBody Shipping, MoneyBody Total,
    bool TaxInclusive, MoneyBody Refunded, MoneyBody Credited, FailureResponse? Failure, string? CartId, string? ExternalId, string? Email,
    AddressBody? ShippingAddress, DateTimeOffset PlacedAt, IReadOnlyList<string> AllowedActions, long Version)
{
    internal static OrderResponse Of(OrderView order) => new(
        order.Id.Value, order.Number, order.Status, order.PaymentStatus, order.FulfilmentStatus, LineResponse.Of(order.Items),
        MoneyBody.Of(order.Totals.Subtotal), MoneyBody.Of(order.Totals.Discounts), MoneyBody.Of(order.Totals.Taxes),
        MoneyBody.Of(order.Totals.Shipping), MoneyBody.Of(order.Totals.Total), order.Totals.TaxInclusive, MoneyBody.Of(order.Refunded),
        MoneyBody.Of(order.Credited), FailureResponse.Of(order.Failure), order.Cart?.Value, order.ExternalId, order.Email,
        order.ShippingAddress is { } to ? new AddressBody(to.Name, to.Line1, to.City, to.PostalCode, to.Country, to.Line2) : null,
        order.PlacedAt, AllowedTo(order), order.Version);

    private static string[] AllowedTo(OrderView order) =>
        order is { Status: OrderStatus.Confirmed, FulfilmentStatus: FulfilmentStatus.Unfulfilled } ? ["cancel"] : [];
}

/// <summary>An order with its saga and payment.</summary>
/// <param name="Order">The order as the customer sees it.</param>
/// <param name="Step">The current step of the saga.</param>
/// <param name="Tender">The means of payment.</param>
/// <param name="PaymentId">The id of the payment.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
public sealed record AdminOrderResponse(OrderResponse Order, string Step, OrderTender Tender, string? PaymentId, string? CustomerId)
{
    internal static AdminOrderResponse Of(OrderView order) =>
        new(OrderResponse.Of(order), order.Step, order.Tender, order.Payment?.Value, order.CustomerId);
}
