namespace ActorShop;

/// <summary>Goal: countries and currencies are looked up.</summary>
[Trait("Suite", "Unit")]
public sealed class ListsOfIsoTests
{
    private static readonly IEnumerable<char> Letters = Enumerable.Range('A', 26).Select(static letter => (char)letter);

    [Theory]
    [InlineData("GB", true)]
    [InlineData("XK", false)]
    [InlineData("UK", false)]
    [InlineData("ZZ", false)]
    [InlineData("EU", false)]
    [InlineData("AN", false)]
    [InlineData("AA", false)]
    [InlineData("gb", false)]
    [InlineData("G", false)]
    [InlineData("GBR", false)]
    [InlineData("", false)]
    public void Country_IsAnAssignedCode(string code, bool exists) => Country.Exists(code).ShouldBe(exists);

    [Fact]
    public void Countries_Are249() =>
        Letters.SelectMany(static _ => Letters, static (first, second) => $"{first}{second}").Count(Country.Exists).ShouldBe(249);

    [Theory]
    [InlineData("GB", true)]
    [InlineData("US", true)]
    [InlineData("DE", true)]
    [InlineData("IE", false)]
    [InlineData("HK", false)]
    [InlineData("AE", false)]
    [InlineData("QA", false)]
    [InlineData("ZZ", false)]
    public void PostalCode_IsNeeded_WherePostNeedsIt(string country, bool isNeeded) => Country.NeedsPostalCode(country).ShouldBe(isNeeded);

    [Theory]
    [InlineData("GBP", true, 2)]
    [InlineData("EUR", true, 2)]
    [InlineData("JPY", true, 0)]
    [InlineData("KWD", true, 3)]
    [InlineData("CLF", true, 4)]
    [InlineData("HRK", false, 2)]
    [InlineData("BGN", false, 2)]
    [InlineData("DEM", false, 2)]
    [InlineData("ITL", false, 0)]
    [InlineData("BYR", false, 0)]
    [InlineData("ZWL", false, 2)]
    [InlineData("ANG", false, 2)]
    public void Currency_IsInCirculation_OrWithdrawn(string code, bool isInCirculation, int exponent)
    {
        Currency.IsKnown(code).ShouldBeTrue();
        Currency.Exists(code).ShouldBe(isInCirculation);
        Currency.ExponentOf(code).ShouldBe(exponent);
    }

    [Theory]
    [InlineData("XXX")]
    [InlineData("XAU")]
    [InlineData("BTC")]
    [InlineData("gbp")]
    [InlineData("hrk")]
    [InlineData("")]
    public void OtherCode_IsNoCurrency(string code) => Currency.IsKnown(code).ShouldBeFalse();
}
