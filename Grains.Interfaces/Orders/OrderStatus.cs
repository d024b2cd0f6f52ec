namespace ActorShop.Orders;

/// <summary>Where an order stands.</summary>
[GenerateSerializer, Alias("orders.order-status")]
public enum OrderStatus
{
    /// <summary>The saga is under way.</summary>
    Pending,

    /// <summary>Stock is taken and the money is certain.</summary>
    Confirmed,

    /// <summary>Everything is shipped.</summary>
    Completed,

    /// <summary>Called off after it was confirmed.</summary>
    Cancelled,

    /// <summary>It never came about. Nothing is held and nothing was charged.</summary>
    Failed,
}

/// <summary>Where an order's money stands.</summary>
[GenerateSerializer, Alias("orders.payment-status")]
public enum PaymentStatus
{
    /// <summary>Nothing was asked of the provider, or nothing is known.</summary>
    None,

    /// <summary>The money is held.</summary>
    Authorised,

    /// <summary>The money is taken, or was paid elsewhere.</summary>
    Captured,

    /// <summary>Some of it went back.</summary>
    PartiallyRefunded,

    /// <summary>All of it went back.</summary>
    Refunded,

    /// <summary>The provider said no.</summary>
    Declined,

    /// <summary>The hold was given up.</summary>
    Voided,
}

/// <summary>Where an order's goods stand.</summary>
[GenerateSerializer, Alias("orders.fulfilment-status")]
public enum FulfilmentStatus
{
    /// <summary>Nothing was shipped.</summary>
    Unfulfilled,

    /// <summary>Some was shipped.</summary>
    Partial,

    /// <summary>All was shipped.</summary>
    Fulfilled,

    /// <summary>All came back.</summary>
    Returned,
}

/// <summary>Why an order failed.</summary>
/// <param name="Code">A problem code of the API: <c>insufficient_stock</c>, <c>payment_declined</c>, <c>checkout_expired</c>, …</param>
/// <param name="DeclineCode">The provider's word, with <c>payment_declined</c>.</param>
/// <param name="Sku">The SKU, with <c>insufficient_stock</c>.</param>
/// <param name="Available">The units that could have been had of it.</param>
[GenerateSerializer, Immutable, Alias("orders.failure")]
public sealed record OrderFailure(string Code, string? DeclineCode, Sku? Sku, int? Available);

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
    OrderTender Tender, ImmutableArray<LineView> Items, Totals Totals, Money Refunded, Money Credited, OrderFailure? Failure,
    Payments.PaymentId? Payment, Carts.CartId? Cart, string? ExternalId, string? CustomerId, string? Email,
    Carts.Address? ShippingAddress, DateTimeOffset PlacedAt, long Version);
