using System.Globalization;

namespace ActorShop.Cli.Shop;

/// <summary>An amount in the minor units of one currency, as the API writes it.</summary>
internal sealed record Money(long Amount, string Currency);

/// <summary>Between decimal amounts and minor units.</summary>
internal static class Currencies
{
    /// <summary>How many decimal places the currency has.</summary>
    /// <remarks>ISO 4217. A code that does not exist has two; the shop refuses it.</remarks>
    public static int ExponentOf(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF"
            or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        "CLF" or "UYW" => 4,
        _ => 2,
    };

    /// <summary>Whether the text looks like a code of ISO 4217.</summary>
    public static bool IsCode(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    /// <summary>An amount in minor units, exactly or with a fraction left over.</summary>
    public static decimal ToMinor(decimal amount, string currency) => amount * Factor(currency);

    /// <summary>Minor units as people read them: <c>9,747,747.93</c>.</summary>
    public static string Show(decimal minor, string currency)
    {
        var places = ExponentOf(currency);
        var amount = minor / Factor(currency);

        // Fractions of a minor unit are what a comparison is about: never hide them.
        return amount.ToString(
            decimal.Round(amount, places) == amount ? $"N{places}" : "#,##0.00######", CultureInfo.InvariantCulture);
    }

    private static decimal Factor(string currency)
    {
        var factor = 1m;
        for (var i = ExponentOf(currency); i > 0; i--)
        {
            factor *= 10;
        }

        return factor;
    }
}
