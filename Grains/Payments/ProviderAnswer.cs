namespace ActorShop.Payments;

public abstract record ProviderAnswer
{
    private ProviderAnswer()
    {
    }

    public sealed record Done : ProviderAnswer;

    /// <summary>The provider declined, finally: the operation never takes effect.</summary>
    public sealed record Declined(string Code) : ProviderAnswer;

    /// <summary>Undecided, or the answer was lost. Ask again with the key.</summary>
    public sealed record Unknown : ProviderAnswer;

    /// <summary>No operation with the key has arrived so far. An answer of <see cref="IPaymentProvider.FindAsync"/> alone.</summary>
    public sealed record NotFound : ProviderAnswer;
}
