namespace ActorShop.Api.Carts;

/// <summary>Asks for a cart.</summary>
/// <param name="Currency">The currency of its prices.</param>
/// <param name="ExternalId">An id of the client's, unique among carts.</param>
public sealed record CreateCartRequest(string Currency, string? ExternalId = null) : IRequest
{
    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.Currency("/currency", Currency);
        findings.ExternalId("/externalId", ExternalId);
    }
}

/// <summary>Asks for so many units of a SKU in a cart.</summary>
/// <param name="Quantity">1 to 100,000; DELETE takes a line out.</param>
public sealed record PutItemRequest(int Quantity) : IRequest
{
    /// <summary>The most units that a line may have.</summary>
    public const int MaxQuantity = 100_000;

    /// <inheritdoc/>
    public void Check(Findings findings) => findings.Range("/quantity", Quantity, 1, MaxQuantity);
}

/// <summary>Turns a cart into an order.</summary>
/// <param name="Email">Where the confirmation goes.</param>
/// <param name="ShippingAddress">Where the goods go.</param>
/// <param name="Payment">What pays.</param>
public sealed record CheckoutRequest(string Email, AddressBody ShippingAddress, PaymentBody Payment) : IRequest
{
    /// <inheritdoc/>
    public void Check(Findings findings)
    {
        findings.Text("/email", Email, 3, 254);
        if (Email.Count(static c => c == '@') != 1 || Email[0] == '@' || Email[^1] == '@' || Email.Any(char.IsWhiteSpace))
        {
            findings.Add("/email", "invalid_value", "An address such as ada@example.org.");
        }

        ShippingAddress.Check(findings, "/shippingAddress");
        Payment.Check(findings, "/payment");
    }
}

/// <summary>A postal address.</summary>
/// <param name="Name">Who receives it.</param>
/// <param name="Line1">Street and number.</param>
/// <param name="City">The town.</param>
/// <param name="PostalCode">The postal code; empty where there is none.</param>
/// <param name="Country">Two upper-case letters of ISO 3166.</param>
/// <param name="Line2">What the first line has no room for.</param>
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
            findings.Add($"{pointer}/country", "invalid_value", "Two upper-case letters of ISO 3166.");
        }
    }
}

/// <summary>What pays for an order.</summary>
/// <param name="Token">What the payment provider's form gave the client. Never a card number.</param>
public sealed record PaymentBody(string Token)
{
    internal void Check(Findings findings, string pointer)
    {
        findings.Text($"{pointer}/token", Token, 1, 255);
        if (Token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            findings.Add($"{pointer}/token", "invalid_value", "Printable ASCII characters without space.");
        }
    }
}
