namespace ActorShop.Payments;

/// <summary>The answers of the payment commands.</summary>
[GenerateSerializer, Immutable, Alias("payments.payment-result")]
public abstract record PaymentResult
{
    private PaymentResult()
    {
    }

    /// <summary>The provider did it, now or at an earlier call.</summary>
    [GenerateSerializer, Immutable, Alias("payments.payment-result.done")]
    public sealed record Done : PaymentResult;

    /// <summary>The provider said no, for good.</summary>
    [GenerateSerializer, Immutable, Alias("payments.payment-result.declined")]
    public sealed record Declined(string Code) : PaymentResult;

    /// <summary>Nobody knows yet: ask again under the same key.</summary>
    [GenerateSerializer, Immutable, Alias("payments.payment-result.unknown")]
    public sealed record Unknown : PaymentResult;
}
