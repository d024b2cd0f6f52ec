namespace ActorShop.Api;

/// <summary>A total in minor units: 1299 GBP is £12.99.</summary>
/// <param name="Amount">The total in minor units (ISO 4217).</param>
/// <param name="Currency">The ISO 4217 currency code.</param>
public sealed record TotalBody(long Amount, [Currency(AllowWithdrawn = true)] string Currency)
{
    internal Money ToMoney() => new(Amount, Currency);
}
