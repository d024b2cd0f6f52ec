namespace ActorShop.Cli.Shop;

internal static class MinorUnits
{
    /// <summary>An amount in minor units; it keeps a fraction if the currency has fewer digits.</summary>
    public static decimal Of(decimal amount, string currency) => amount * Factor(currency);

    /// <summary>Minor units as people read them: <c>9,747,747.93</c>.</summary>
    public static string Show(decimal minor, string currency)
    {
        var places = Currency.ExponentOf(currency);
        var amount = minor / Factor(currency);

        // Fractions of a minor unit are what a comparison is about: never hide them.
        return amount.ToString(
            decimal.Round(amount, places) == amount ? $"N{places}" : "#,##0.00######", CultureInfo.InvariantCulture);
    }

    private static decimal Factor(string currency) => Currency.ExponentOf(currency) switch { 0 => 1, 2 => 100, 3 => 1000, _ => 10_000 };
}
