namespace ActorShop.Api;

/// <summary>A postal address.</summary>
/// <param name="Name">The name of the recipient.</param>
/// <param name="Line1">Street and number.</param>
/// <param name="City">The town or city.</param>
/// <param name="PostalCode">The postal code; empty if there is none.</param>
/// <param name="Country">The ISO 3166 country code.</param>
/// <param name="Line2">The second address line.</param>
public sealed record AddressBody(
    [Text(1, 200)] string Name,
    [Text(1, 200)] string Line1,
    [Text(1, 200)] string City,
    [Text(0, 20)] string PostalCode,
    [RegularExpression("^[A-Z]{2}$", ErrorMessage = "Must be an ISO 3166 country code, such as GB.")] string Country,
    [Text(0, 200)] string? Line2 = null)
{
    internal Address ToAddress() => new(Name, Line1, Line2, City, PostalCode, Country);

    internal static AddressBody? Of(Address? address) => address is null
        ? null
        : new(address.Name, address.Line1, address.City, address.PostalCode, address.Country, address.Line2);
}
