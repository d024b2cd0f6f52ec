namespace ActorShop.Payments;

/// <remarks>
/// <para>
/// An implementation <b>must</b> let each key take effect at most once: the same operation under the same key repeats
/// its answer. It <b>must</b> answer <see cref="ProviderAnswer.Unknown"/> for every failure after which the operation may have
/// arrived (a time-out, a broken connection, an answer that cannot be read), and throw for nothing else than its own bugs.
/// It <b>must</b> accept the void of an unknown payment, and refuse that payment's authorisation from then on.
/// </para>
/// <para>Safe from any thread; called from turns of grains, so it never blocks.</para>
/// </remarks>
public interface IPaymentProvider
{
    /// <summary>Asks for an operation, and waits for the answer up to a timeout of the implementation.</summary>
    Task<ProviderAnswer> ExecuteAsync(ProviderOperation operation);

    /// <summary>The outcome of the operation with a key. A read: it moves nothing.</summary>
    /// <returns><see cref="ProviderAnswer.NotFound"/> if it never arrived; it may still be in flight.</returns>
    Task<ProviderAnswer> FindAsync(string key);
}
