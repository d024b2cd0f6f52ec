namespace ActorShop.Reporting;

/// <summary>The sum of an account in a currency. The sum over all accounts is zero.</summary>
[GenerateSerializer, Immutable, Alias("reporting.account-balance")]
public sealed record AccountBalance(string Account, MoneySum Balance);
