namespace ActorShop.Api;

/// <summary>A payment.</summary>
/// <param name="Token">The token issued by the payment provider. Never send a card number.</param>
public sealed record PaymentBody(
    [Text(1, 255), RegularExpression("^[!-~]*$", ErrorMessage = "Must be printable ASCII characters without spaces.")] string Token);
