namespace ActorShop.Reporting;

/// <summary>A sum of many amounts in the minor units of one currency: together they may need more than 64 bits.</summary>
[GenerateSerializer, Immutable, Alias("reporting.money-sum")]
public readonly record struct MoneySum(Int128 Amount, string Currency)
{
    public static implicit operator MoneySum(Money money) => new(money.Amount, money.Currency);

    public static MoneySum operator +(MoneySum left, MoneySum right) => left with { Amount = left.Amount + right.Amount };

    public static MoneySum operator -(MoneySum left, MoneySum right) => left with { Amount = left.Amount - right.Amount };
}
