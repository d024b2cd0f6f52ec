using ActorShop.Reporting;

namespace ActorShop.Api;

/// <summary>A sum of amounts in minor units.</summary>
/// <param name="Amount">The sum in minor units (ISO 4217).</param>
/// <param name="Currency">The ISO 4217 currency code.</param>
public sealed record MoneySumBody(Int128 Amount, string Currency)
{
    internal static MoneySumBody Of(MoneySum sum) => new(sum.Amount, sum.Currency);
}
