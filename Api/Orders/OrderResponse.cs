using System.Collections.Immutable;
using ActorShop.Api.Carts;
using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Api.Orders;

/// <summary>A line of a cart or an order.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Name">What it was called.</param>
/// <param name="Quantity">Units.</param>
/// <param name="UnitPrice">The price of one.</param>
/// <param name="LineTotal">Quantity times price.</param>
public sealed record LineResponse(string Sku, string Name, int Quantity, MoneyBody UnitPrice, MoneyBody LineTotal)
{
    internal static IReadOnlyList<LineResponse> Of(ImmutableArray<Line> lines) =>
    [
        .. lines.Select(static line => new LineResponse(
            line.Sku.Value, line.Name, line.Quantity, MoneyBody.Of(line.UnitPrice), MoneyBody.Of(line.LineTotal))),
    ];
}

/// <summary>Why an order failed.</summary>
/// <param name="Code">A problem code.</param>
/// <param name="DeclineCode">The payment provider's word.</param>
/// <param name="Sku">The SKU there was too little of.</param>
/// <param name="Available">What could have been had of it.</param>
public sealed record FailureResponse(string Code, string? DeclineCode, string? Sku, int? Available)
{
    internal static FailureResponse? Of(OrderFailure? failure) =>
        failure is null ? null : new(Problems.CodeOf(failure.Code), failure.DeclineCode, failure.Sku?.Value, failure.Available);
}

/// <summary>An order, as whoever knows its id sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">A number for people.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PaymentStatus">Where its money stands.</param>
/// <param name="FulfilmentStatus">Where its goods stand.</param>
/// <param name="Items">Its lines, at the prices of the moment it was placed.</param>
/// <param name="Subtotal">The sum of the lines.</param>
/// <param name="Discounts">What is taken off.</param>
/// <param name="Taxes">Tax.</param>
/// <param name="Shipping">Carriage.</param>
/// <param name="Total">What is paid.</param>
/// <param name="TaxInclusive">Whether prices contain the tax.</param>
/// <param name="Refunded">What went back.</param>
/// <param name="Credited">What became credit notes.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="CartId">The cart it came from.</param>
/// <param name="ExternalId">The id under which it was taken elsewhere.</param>
/// <param name="Email">Where the confirmation went.</param>
/// <param name="ShippingAddress">Where the goods go.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="AllowedActions">What can be done with it now: the last part of a path beneath it.</param>
/// <param name="Version">The number of its events; the ETag.</param>
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
        order.PlacedAt, order.AllowedActions, order.Version);
}

/// <summary>An order, as the merchant sees it.</summary>
/// <param name="Order">What the customer sees.</param>
/// <param name="Step">Where its saga stands.</param>
/// <param name="Tender">What pays.</param>
/// <param name="PaymentId">Its payment.</param>
/// <param name="CustomerId">Whose it is, if known.</param>
public sealed record AdminOrderResponse(OrderResponse Order, string Step, OrderTender Tender, string? PaymentId, string? CustomerId)
{
    internal static AdminOrderResponse Of(OrderView order) =>
        new(OrderResponse.Of(order), order.Step, order.Tender, order.Payment?.Value, order.CustomerId);
}
