namespace ActorShop.Api.Carts;

/// <summary>A cart to create.</summary>
/// <param name="Currency">The currency of all prices.</param>
/// <param name="ExternalId">The client's id, unique among carts.</param>
public sealed record CreateCartRequest(string Currency, string? ExternalId = null) : IRequest
{
    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.Currency("/currency", Currency);
        findings.ExternalId("/externalId", ExternalId);
    }
}

/// <summary>The quantity of a SKU in a cart.</summary>
/// <param name="Quantity">The quantity. To remove a SKU, use DELETE.</param>
public sealed record PutItemRequest(int Quantity) : IRequest
{
    /// <summary>The maximum quantity of a line.</summary>
    public const int MaxQuantity = 100_000;

    /// <inheritdoc/>
    public void Check(Findings findings) => findings.Range("/quantity", Quantity, 1, MaxQuantity);
}

/// <summary>The details of a checkout.</summary>
/// <param name="Email">The email address for the confirmation.</param>
/// <param name="ShippingAddress">The delivery address.</param>
/// <param name="Payment">The payment.</param>
public sealed record CheckoutRequest(string Email, AddressBody ShippingAddress, PaymentBody Payment) : IRequest
{
    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.Text("/email", Email, 3, 254);
        if (Email.Count(static c => c == '@') != 1 || Email[0] == '@' || Email[^1] == '@' || Email.Any(char.IsWhiteSpace))
        {
            findings.Add("/email", "invalid_value", "Must be an email address, such as ada@example.org.");
        }

        ShippingAddress.Check(findings, "/shippingAddress");
        Payment.Check(findings, "/payment");
    }
}

/// <summary>A postal address.</summary>
/// <param name="Name">The name of the recipient.</param>
/// <param name="Line1">Street and number.</param>
/// <param name="City">The town or city.</param>
/// <param name="PostalCode">The postal code; empty if there is none.</param>
/// <param name="Country">The ISO 3166 country code.</param>
/// <param name="Line2">The second address line.</param>
public sealed record AddressBody(string Name, string Line1, string City, string PostalCode, string Country, string? Line2 = null)
{
    internal void Check(Findings findings, string pointer)
    {
        findings.Text($"{pointer}/name", Name, 1, 200);
        findings.Text($"{pointer}/line1", Line1, 1, 200);
        findings.Text($"{pointer}/line2", Line2, 0, 200);
        findings.Text($"{pointer}/city", City, 1, 200);
        findings.Text($"{pointer}/postalCode", PostalCode, 0, 20);
        if (Country.Length != 2 || !Country.All(char.IsAsciiLetterUpper))
        {
            findings.Add($"{pointer}/country", "invalid_value", "Must be an ISO 3166 country code, such as GB.");
        }
    }
}

/// <summary>A payment.</summary>
/// <param name="Token">The token issued by the payment provider. Never send a card number.</param>
public sealed record PaymentBody(string Token)
{
    internal void Check(Findings findings, string pointer)
    {
        findings.Text($"{pointer}/token", Token, 1, 255);
        if (Token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            findings.Add($"{pointer}/token", "invalid_value", "Must be printable ASCII characters without spaces.");
        }
    }
}
