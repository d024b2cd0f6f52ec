namespace ActorShop.Api;

/// <summary>A postal address.</summary>
/// <param name="Name">The name of the recipient.</param>
/// <param name="Line1">Street and number.</param>
/// <param name="City">The town or city.</param>
/// <param name="Country">The ISO 3166 country code.</param>
/// <param name="PostalCode">The postal code. Required where post needs one, such as in GB and US.</param>
/// <param name="Line2">The second address line.</param>
/// <param name="Region">The state, province or county.</param>
/// <param name="Phone">The telephone number for the delivery.</param>
/// <param name="Company">The company of the recipient.</param>
public sealed record AddressBody(
    [Text(1, 200)] string Name,
    [Text(1, 200)] string Line1,
    [Text(1, 200)] string City,
    [Country] string Country,
    [Text(0, 20)] string? PostalCode = null,
    [Text(0, 200)] string? Line2 = null,
    [Text(1, 100)] string? Region = null,
    [Text(3, 40), RegularExpression(AddressBody.PhonePattern, ErrorMessage = "Must be a telephone number, such as +44 20 7946 0958.")] string? Phone = null,
    [Text(1, 200)] string? Company = null) : IValidatableObject
{
    // Digits with separators, and an extension.
    private const string PhonePattern = "^\\+?[0-9(][0-9 ()./-]*[0-9]( ?(x|ext\\.?|#) ?[0-9]{1,8})?$";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(PostalCode) && ActorShop.Country.NeedsPostalCode(Country))
        {
            yield return new Violation("missing_member", $"Required in {Country}.", "/postalCode");
        }
    }

    internal Address ToAddress() => new(Name, Line1, Line2, City, PostalCode ?? string.Empty, Country, Region, Phone, Company);

    internal static AddressBody? Of(Address? address) => address is null
        ? null
        : new(
            address.Name, address.Line1, address.City, address.Country, address.PostalCode, address.Line2, address.Region, address.Phone,
            address.Company);
}
