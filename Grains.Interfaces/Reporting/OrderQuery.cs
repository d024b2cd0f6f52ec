namespace ActorShop.Reporting;

/// <param name="Status">A status; null for all that did not fail.</param>
/// <param name="From">Placed at or after.</param>
/// <param name="To">Placed before.</param>
/// <param name="After">Where the page before ended.</param>
/// <param name="Limit">1 to 100.</param>
[GenerateSerializer, Immutable, Alias("reporting.order-query")]
public sealed record OrderQuery(
    Orders.OrderStatus? Status, string? CustomerId, string? ExternalId, DateTimeOffset? From, DateTimeOffset? To, bool Descending,
    string? After, int Limit);
