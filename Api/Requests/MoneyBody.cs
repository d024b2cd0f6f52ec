namespace ActorShop.Api;

/// <summary>An amount in minor units: 1299 GBP is £12.99.</summary>
/// <param name="Amount">Minor units by the exponent of ISO 4217.</param>
/// <param name="Currency">Three upper-case letters of ISO 4217.</param>
public sealed record MoneyBody(long Amount, string Currency)
{
    /// <summary>The greatest price: with it, 2,000 lines of 100,000 units still add up in 64 bits.</summary>
    public const long MaxAmount = 10_000_000_000;

    /// <summary>The amount as the shop keeps it.</summary>
    public Money ToMoney() => new(Amount, Currency);

    /// <summary>The amount as clients see it.</summary>
    public static MoneyBody Of(Money money) => new(money.Amount, money.Currency);
}
