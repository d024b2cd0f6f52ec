using System.Collections.Frozen;

namespace ActorShop;

/// <summary>The currencies of ISO 4217 in circulation, with the number of digits after the point.</summary>
public static class Currency
{
    private const string WithoutDigits = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    private const string WithThreeDigits = "BHD IQD JOD KWD LYD OMR TND";

    private const string WithFourDigits = "CLF UYW";

    private const string WithTwoDigits =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC "
        + "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS "
        + "KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD "
        + "PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY "
        + "TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";

    private static readonly FrozenDictionary<string, int> Exponents = new[]
        {
            (WithoutDigits, 0), (WithTwoDigits, 2), (WithThreeDigits, 3), (WithFourDigits, 4),
        }
        .SelectMany(static list => list.Item1.Split(' ').Select(code => KeyValuePair.Create(code, list.Item2)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Exists(string code) => Exponents.ContainsKey(code);

    public static int ExponentOf(string code) => Exponents[code];
}
