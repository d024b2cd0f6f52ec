namespace ActorShop.Reporting;

/// <param name="Status">A status; null for all that did not fail.</param>
/// <param name="To">Placed before.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Number">The number for people, with or without its hyphen.</param>
/// <param name="Email">The address of the confirmation; case is ignored.</param>
[GenerateSerializer, Immutable, Alias("reporting.order-query")]
public sealed record OrderQuery(
    Orders.OrderStatus? Status, string? CustomerId, string? ExternalId, DateTimeOffset? From, DateTimeOffset? To, bool Descending,
    string? After, int Limit, string? Number = null, string? Email = null);
