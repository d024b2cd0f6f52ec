namespace ActorShop.Payments;

[GenerateSerializer, Immutable, Alias("payments.payment-result")]
public abstract record PaymentResult
{
    private PaymentResult()
    {
    }

    /// <summary>The operation is done, now or at an earlier call.</summary>
    [GenerateSerializer, Immutable, Alias("payments.payment-result.done")]
    public sealed record Done : PaymentResult;

    /// <summary>The provider declined, finally.</summary>
    [GenerateSerializer, Immutable, Alias("payments.payment-result.declined")]
    public sealed record Declined(string Code) : PaymentResult;

    /// <summary>The outcome is unknown: call again with the same key.</summary>
    [GenerateSerializer, Immutable, Alias("payments.payment-result.unknown")]
    public sealed record Unknown : PaymentResult;
}
