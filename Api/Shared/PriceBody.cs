namespace ActorShop.Api;

/// <summary>A price or amount of zero or more in minor units: 1299 GBP is £12.99.</summary>
/// <param name="Amount">The amount in minor units (ISO 4217).</param>
/// <param name="Currency">The ISO 4217 currency code.</param>
public sealed record PriceBody([Range(0d, MoneyBody.MaxAmount)] long Amount, [Currency(AllowWithdrawn = true)] string Currency)
{
    internal Money ToMoney() => new(Amount, Currency);

    internal static PriceBody Of(Money money) => new(money.Amount, money.Currency);
}
