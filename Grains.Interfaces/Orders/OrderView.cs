using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>An order as committed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">A number for people, made from the id.</param>
/// <param name="Step">The state of the saga, for operators: <c>reserving</c>, <c>authorising</c>, <c>confirming</c>, <c>compensating</c>, <c>confirmed</c>, …</param>
/// <param name="Status">Where it stands.</param>
/// <param name="PaymentStatus">Where its money stands.</param>
/// <param name="FulfilmentStatus">Where its goods stand.</param>
/// <param name="Tender">What paid for it.</param>
/// <param name="Items">Its lines.</param>
/// <param name="Totals">Its sums.</param>
/// <param name="Refunded">What went back of the money.</param>
/// <param name="Credited">What became credit notes of refunds beyond the lines.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
/// <param name="Payment">Its payment; null before there is one.</param>
/// <param name="Cart">The cart it came from.</param>
/// <param name="ExternalId">The id under which it was taken elsewhere.</param>
/// <param name="CustomerId">Whose it is, if known.</param>
/// <param name="Email">Where the confirmation went.</param>
/// <param name="ShippingAddress">Where the goods go.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="Version">The number of its events.</param>
[GenerateSerializer, Immutable, Alias("orders.order-view")]
public sealed record OrderView(
    OrderId Id, string Number, string Step, OrderStatus Status, PaymentStatus PaymentStatus, FulfilmentStatus FulfilmentStatus,
    OrderTender Tender, ImmutableArray<Line> Items, Totals Totals, Money Refunded, Money Credited, OrderFailure? Failure,
    PaymentId? Payment, CartId? Cart, string? ExternalId, string? CustomerId, string? Email,
    Address? ShippingAddress, DateTimeOffset PlacedAt, long Version);
