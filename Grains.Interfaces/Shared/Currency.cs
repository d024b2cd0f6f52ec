using System.Collections.Frozen;

namespace ActorShop;

/// <summary>The currencies of ISO 4217: those in circulation and the withdrawn ones.</summary>
public static class Currency
{
    private static readonly FrozenDictionary<string, int> InCirculation = Exponents(
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (2, "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC "
            + "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS "
            + "KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD "
            + "PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY "
            + "TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"));

    private static readonly FrozenDictionary<string, int> Withdrawn = Exponents(
        (0, "ADP BEF BYB BYR ESP GRD ITL LUF MGF PTE TPE TRL"),
        (2, "AFA ALK ANG AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEL BGJ BGK BGL BGN BOP BRB BRC BRE BRN BRR BUK CHC CSD CSJ CSK CUC "
            + "CYP DDM DEM ECS ECV EEK ESA ESB FIM FRF GEK GHC GHP GNE GNS GQE GWE GWP HRD HRK IEP ILP ILR ISJ LAJ LSM LTL LTT LUC LUL LVL "
            + "LVR MLF MRO MTL MTP MVQ MXP MZE MZM NIC NLG PEH PEI PES PLZ RHD ROK ROL RUR SDD SDP SIT SKK SLL SRG STD SUR TJR TMM UAK UGS "
            + "UGW USS UYN UYP VEB VEF VNC XEU YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD ZWL ZWN ZWR"));

    /// <summary>Whether the currency is in circulation. Carts and prices need one that is.</summary>
    public static bool Exists(string code) => InCirculation.ContainsKey(code);

    /// <summary>Whether the currency is in circulation or was. Orders of the past and the ledger may have a withdrawn one.</summary>
    public static bool IsKnown(string code) => Exists(code) || Withdrawn.ContainsKey(code);

    /// <summary>The number of digits after the point; for a withdrawn currency, when it was last in circulation.</summary>
    public static int ExponentOf(string code) => InCirculation.TryGetValue(code, out var digits) ? digits : Withdrawn[code];

    private static FrozenDictionary<string, int> Exponents(params (int Digits, string Codes)[] lists) => lists
        .SelectMany(static list => list.Codes.Split(' ').Select(code => KeyValuePair.Create(code, list.Digits)))
        .ToFrozenDictionary(StringComparer.Ordinal);
}
