namespace ActorShop.Payments;

/// <summary>The answers of a provider.</summary>
public abstract record ProviderAnswer
{
    private ProviderAnswer()
    {
    }

    /// <summary>The operation took effect.</summary>
    public sealed record Done : ProviderAnswer;

    /// <summary>The provider declined, finally: the operation never takes effect.</summary>
    /// <param name="Code">The provider's code, such as <c>card_declined</c>.</param>
    public sealed record Declined(string Code) : ProviderAnswer;

    /// <summary>Undecided, or the answer was lost. Ask again with the key.</summary>
    public sealed record Unknown : ProviderAnswer;

    /// <summary>No operation with the key has arrived so far. An answer of <see cref="IPaymentProvider.FindAsync"/> alone.</summary>
    public sealed record NotFound : ProviderAnswer;
}
