namespace ActorShop;

/// <summary>An amount in the minor units of one currency: 1299 GBP is £12.99.</summary>
/// <param name="Amount">Minor units by the exponent of ISO 4217.</param>
/// <param name="Currency">Three upper-case letters of ISO 4217.</param>
[GenerateSerializer, Immutable, Alias("shared.money")]
public readonly record struct Money(long Amount, string Currency)
{
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>Adds amounts of one currency.</summary>
    /// <exception cref="ArgumentException">The currencies differ: nothing here converts.</exception>
    public static Money operator +(Money left, Money right) => left with { Amount = left.Amount + Same(left, right).Amount };

    public static Money operator -(Money left, Money right) => left with { Amount = left.Amount - Same(left, right).Amount };

    public static Money operator *(Money price, int quantity) => price with { Amount = price.Amount * quantity };

    private static Money Same(Money left, Money right) =>
        string.Equals(left.Currency, right.Currency, StringComparison.Ordinal)
            ? right
            : throw new ArgumentException($"{left.Currency} and {right.Currency} do not add up.", nameof(right));
}
