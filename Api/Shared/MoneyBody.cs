namespace ActorShop.Api;

/// <summary>An amount in minor units: 1299 GBP is £12.99.</summary>
/// <param name="Amount">The amount in minor units (ISO 4217).</param>
/// <param name="Currency">The ISO 4217 currency code.</param>
public sealed record MoneyBody(long Amount, string Currency)
{
    /// <summary>The maximum price. With it, 2,000 lines of 100,000 units still fit in 64 bits.</summary>
    public const long MaxAmount = 10_000_000_000;

    internal static MoneyBody Of(Money money) => new(money.Amount, money.Currency);

    internal static MoneyBody? OfOptional(Money? money) => money is { } some ? Of(some) : null;
}
