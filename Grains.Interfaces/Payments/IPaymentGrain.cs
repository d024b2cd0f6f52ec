namespace ActorShop.Payments;

/// <summary>A payment: what was asked of the provider under which key, and what is known of the outcome.</summary>
/// <remarks>
/// Keyed by <see cref="PaymentId"/>. Every command is idempotent in its key, which is also the provider's key: a repeat asks the
/// provider what became of the first attempt, and never tries under another key. The caller records its intent before it calls.
/// </remarks>
[Alias("payments.payment")]
public interface IPaymentGrain : IGrainWithStringKey
{
    /// <summary>Holds money.</summary>
    /// <param name="key">The key of the operation, the same at every repetition.</param>
    /// <param name="order">The order that is paid.</param>
    /// <param name="amount">How much.</param>
    /// <param name="token">The provider's token of the means of payment.</param>
    [Alias("authorise"), ResponseTimeout(LongCalls.Timeout)]
    Task<PaymentResult> AuthoriseAsync(string key, OrderId order, Money amount, string token);

    /// <summary>Takes money that is held, once, and no more than is held.</summary>
    [Alias("capture"), ResponseTimeout(LongCalls.Timeout)]
    Task<PaymentResult> CaptureAsync(string key, Money amount);

    /// <summary>Gives money back, together no more than was taken.</summary>
    [Alias("refund"), ResponseTimeout(LongCalls.Timeout)]
    Task<PaymentResult> RefundAsync(string key, Money amount);

    /// <summary>
    /// Gives up the hold of an authorisation whatever became of it: also one whose outcome is unknown or that never reached the
    /// provider, which then can no longer take effect.
    /// </summary>
    [Alias("void"), ResponseTimeout(LongCalls.Timeout)]
    Task<PaymentResult> VoidAsync(string key);

    /// <summary>Records money that was paid elsewhere: no provider is called.</summary>
    [Alias("record-external")]
    Task<PaymentResult> RecordExternalAsync(string key, OrderId order, Money amount);

    /// <summary>The payment as committed; null for one that never began.</summary>
    [Alias("get"), ReadOnly]
    Task<PaymentView?> GetAsync();
}
