namespace ActorShop;

/// <param name="PostalCode">The postal code; empty if there is none.</param>
/// <param name="Country">An assigned ISO 3166-1 alpha-2 code.</param>
/// <param name="Region">The state, province or county; null if it was not given.</param>
[GenerateSerializer, Immutable, Alias("carts.address")]
public sealed record Address(
    string Name, string Line1, string? Line2, string City, string PostalCode, string Country, string? Region = null, string? Phone = null,
    string? Company = null);
