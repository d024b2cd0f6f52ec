namespace ActorShop.Api;

/// <summary>An amount in minor units, positive or negative: 1299 GBP is £12.99.</summary>
/// <param name="Amount">The amount in minor units (ISO 4217). Not zero.</param>
/// <param name="Currency">The ISO 4217 currency code.</param>
public sealed record AmountBody(
    [Range(-(double)MoneyBody.MaxAmount, MoneyBody.MaxAmount), DeniedValues(0L, ErrorMessage = "Must not be zero.")] long Amount,
    [Currency(AllowWithdrawn = true)] string Currency)
{
    internal Money ToMoney() => new(Amount, Currency);
}
