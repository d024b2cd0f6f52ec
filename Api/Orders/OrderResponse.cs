using ActorShop.Orders;
using ActorShop.Payments;

namespace ActorShop.Api.Orders;

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
    AddressBody? ShippingAddress, DateTimeOffset PlacedAt, IReadOnlyList<string> AllowedActions, long Version) : IVersioned
{
    internal static OrderResponse Of(OrderView order) => new(
        order.Id.Value, order.Number, order.Status, order.PaymentStatus, order.FulfilmentStatus, LineResponse.Of(order.Items),
        MoneyBody.Of(order.Totals.Subtotal), MoneyBody.Of(order.Totals.Discounts), MoneyBody.Of(order.Totals.Taxes),
        MoneyBody.Of(order.Totals.Shipping), MoneyBody.Of(order.Totals.Total), order.Totals.TaxInclusive, MoneyBody.Of(order.Refunded),
        MoneyBody.Of(order.Credited), FailureResponse.Of(order.Failure), order.Cart?.Value, order.ExternalId, order.Email,
        AddressBody.Of(order.ShippingAddress),
        order.PlacedAt, order.AllowedActions, order.Version);
}

/// <summary>The reason why an order failed.</summary>
/// <param name="Code">The problem code.</param>
/// <param name="DeclineCode">The payment provider's decline code.</param>
/// <param name="Sku">The SKU with insufficient stock.</param>
/// <param name="Available">The units available of the SKU.</param>
public sealed record FailureResponse(string Code, string? DeclineCode, string? Sku, int? Available)
{
    internal static FailureResponse? Of(OrderFailure? failure) =>
        failure is null ? null : new(Words.Of(failure.Code), failure.DeclineCode, failure.Sku?.Value, failure.Available);
}
