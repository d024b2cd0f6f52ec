namespace ActorShop.Payments;

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
