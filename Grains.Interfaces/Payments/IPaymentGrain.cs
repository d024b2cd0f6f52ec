namespace ActorShop.Payments;

/// <summary>A payment: the operations at the provider with their keys and outcomes.</summary>
/// <remarks>
/// Keyed by <see cref="PaymentId"/>. Every command is idempotent in its key, which is also the provider's key: a repeat asks the
/// provider for the outcome of the first attempt, and never uses another key. The caller stores its intent before it calls.
/// </remarks>
[Alias("payments.payment")]
public interface IPaymentGrain : IGrainWithStringKey
{
    [Alias("authorise"), ResponseTimeout(LongCalls.Timeout)]
    Task<PaymentResult> AuthoriseAsync(string key, OrderId order, Money amount, string token);

    /// <summary>Captures held money, once.</summary>
    [Alias("capture"), ResponseTimeout(LongCalls.Timeout)]
    Task<PaymentResult> CaptureAsync(string key, Money amount);

    /// <summary>Refunds captured money, in total no more than was captured.</summary>
    [Alias("refund"), ResponseTimeout(LongCalls.Timeout)]
    Task<PaymentResult> RefundAsync(string key, Money amount);

    /// <summary>
    /// Voids the hold, also one whose outcome is unknown or that has not reached the provider: it can no longer take
    /// effect then.
    /// </summary>
    [Alias("void"), ResponseTimeout(LongCalls.Timeout)]
    Task<PaymentResult> VoidAsync(string key);

    /// <summary>Records money that was paid elsewhere: no provider is called.</summary>
    [Alias("record-external")]
    Task<PaymentResult> RecordExternalAsync(string key, OrderId order, Money amount);

    [Alias("get"), ReadOnly]
    Task<PaymentView?> GetAsync();
}
