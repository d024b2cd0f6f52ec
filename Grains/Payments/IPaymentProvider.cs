namespace ActorShop.Payments;

/// <summary>The way to whoever really moves the money.</summary>
/// <remarks>
/// <para>
/// An implementation <b>must</b> let each key take effect at most once, for ever: the same operation under the same key repeats
/// its answer. It <b>must</b> answer <see cref="ProviderAnswer.Unknown"/> for every failure after which the operation may have
/// arrived (a time-out, a broken connection, an answer that makes no sense), and throw for nothing else than its own bugs.
/// It <b>must</b> accept the void of a payment it never heard of, and then refuse that payment's authorisation for ever.
/// </para>
/// <para>Safe from any thread; called from turns of grains, so it never blocks.</para>
/// </remarks>
public interface IPaymentProvider
{
    /// <summary>Asks for an operation, and waits for the answer as long as the implementation deems right.</summary>
    Task<ProviderAnswer> ExecuteAsync(ProviderOperation operation);

    /// <summary>What became of the operation with a key. Asks only: moves nothing.</summary>
    /// <returns><see cref="ProviderAnswer.NotFound"/> if it never arrived; it may still be on its way.</returns>
    Task<ProviderAnswer> FindAsync(string key);
}

/// <summary>What is asked of a provider.</summary>
/// <param name="Key">Made by the shop, the same at each repetition; at most 255 printable characters.</param>
/// <param name="Kind">What to do.</param>
/// <param name="Payment">The payment it belongs to, named by the shop: also the reference of its authorisation.</param>
/// <param name="Amount">How much; zero with <see cref="ProviderOperationKind.Void"/>.</param>
/// <param name="Token">The means of payment, with <see cref="ProviderOperationKind.Authorise"/>.</param>
public sealed record ProviderOperation(string Key, ProviderOperationKind Kind, PaymentId Payment, Money Amount, string? Token);

/// <summary>What a provider can do.</summary>
public enum ProviderOperationKind
{
    /// <summary>Hold money.</summary>
    Authorise,

    /// <summary>Take what is held, once, up to all of it.</summary>
    Capture,

    /// <summary>Give back what was taken, in parts up to all of it.</summary>
    Refund,

    /// <summary>Give up the hold, or make sure that there will never be one.</summary>
    Void,
}

/// <summary>The answers of a provider.</summary>
public abstract record ProviderAnswer
{
    private ProviderAnswer()
    {
    }

    /// <summary>The operation took effect.</summary>
    public sealed record Done : ProviderAnswer;

    /// <summary>The provider said no, for good: the operation has no effect and never will have.</summary>
    /// <param name="Code">The provider's word, such as <c>card_declined</c>.</param>
    public sealed record Declined(string Code) : ProviderAnswer;

    /// <summary>Not decided yet, or nobody heard the answer. Ask again by the key.</summary>
    public sealed record Unknown : ProviderAnswer;

    /// <summary>Nothing arrived under the key so far. An answer of <see cref="IPaymentProvider.FindAsync"/> alone.</summary>
    public sealed record NotFound : ProviderAnswer;
}
