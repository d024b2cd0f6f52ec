using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>A committed order.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">A short number for people, made from the id.</param>
/// <param name="Step">The step of the saga, for operators: <c>reserving</c>, <c>authorising</c>, <c>confirming</c>, <c>compensating</c>, <c>confirmed</c>, …</param>
/// <param name="Status">The status of the order.</param>
/// <param name="PaymentStatus">The status of its payment.</param>
/// <param name="FulfilmentStatus">How far it is shipped.</param>
/// <param name="Tender">How it is paid.</param>
/// <param name="Items">Its lines.</param>
/// <param name="Totals">Its totals.</param>
/// <param name="Refunded">The money refunded so far.</param>
/// <param name="Credited">The money credited so far, beyond the lines.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
/// <param name="Payment">Its payment; null before there is one.</param>
/// <param name="Cart">The cart it came from.</param>
/// <param name="ExternalId">The id of an imported order.</param>
/// <param name="CustomerId">The customer's id, if known.</param>
/// <param name="Email">Where the confirmation went.</param>
/// <param name="ShippingAddress">Where the goods go.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="AllowedActions">The customer's actions that the order allows now: the last part of their routes.</param>
/// <param name="Version">The number of its events.</param>
[GenerateSerializer, Immutable, Alias("orders.order-view")]
public sealed record OrderView(
    OrderId Id, string Number, string Step, OrderStatus Status, PaymentStatus PaymentStatus, FulfilmentStatus FulfilmentStatus,
    OrderTender Tender, ImmutableArray<Line> Items, Totals Totals, Money Refunded, Money Credited, OrderFailure? Failure,
    PaymentId? Payment, CartId? Cart, string? ExternalId, string? CustomerId, string? Email, Address? ShippingAddress,
    DateTimeOffset PlacedAt, ImmutableArray<string> AllowedActions, long Version);
