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
