namespace ActorShop;

/// <summary>The id of a payment.</summary>
/// <param name="Value">The text, <c>pay_</c> and 32 hexadecimal digits of a UUID of version 7.</param>
[GenerateSerializer, Immutable, Alias("payments.payment-id")]
public readonly record struct PaymentId(string Value) : IIdentifier<PaymentId>
{
    /// <summary>The prefix of every payment id.</summary>
    public const string Prefix = "pay_";

    /// <inheritdoc/>
    public static PaymentId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
