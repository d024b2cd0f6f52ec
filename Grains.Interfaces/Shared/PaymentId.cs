namespace ActorShop;

/// <summary>The id of a payment.</summary>
/// <param name="Value">The text, <c>pay_</c> and 32 hexadecimal digits of a UUID of version 7.</param>
[GenerateSerializer, Immutable, Alias("payments.payment-id")]
public readonly record struct PaymentId(string Value) : IIdentifier<PaymentId>
{
    public const string Prefix = "pay_";

    public static PaymentId From(string value) => new(value);

    public override string ToString() => Value;
}
