using ActorShop.Payments;

namespace ActorShop.Orders;

/// <param name="Number">A short number for people, made from the id.</param>
/// <param name="Step">The step of the saga, for operators: <c>reserving</c>, <c>authorising</c>, <c>confirming</c>, <c>compensating</c>, <c>confirmed</c>, …</param>
/// <param name="AllowedActions">The customer's actions that the order allows now: the last part of their routes.</param>
/// <param name="Version">The number of its events.</param>
/// <param name="TraceId">The trace of the request that placed it; null if it is not stored.</param>
[GenerateSerializer, Immutable, Alias("orders.order-view")]
public sealed record OrderView(
    OrderId Id, string Number, string Step, OrderStatus Status, PaymentStatus PaymentStatus, FulfilmentStatus FulfilmentStatus,
    OrderTender Tender, ImmutableArray<Line> Items, Totals Totals, Money Refunded, Money Credited, OrderFailure? Failure,
    PaymentId? Payment, CartId? Cart, string? ExternalId, string? CustomerId, string? Email, Address? ShippingAddress,
    DateTimeOffset PlacedAt, ImmutableArray<string> AllowedActions, long Version, string? TraceId = null);
