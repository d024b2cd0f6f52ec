namespace ActorShop;

/// <summary>Goal: every SKU that can be created can be reached under its path.</summary>
[Trait("Suite", "Unit")]
public sealed class SkuTests
{
    [Theory]
    [InlineData("A")]
    [InlineData("MUG-1")]
    [InlineData("MUG 1 / red", false)]
    [InlineData("85123A")]
    [InlineData("a+b=c&d?e#f;g,h")]
    [InlineData("' OR 1=1--")]
    [InlineData("Größe-5")]
    [InlineData("商品１")]
    [InlineData("...")]
    [InlineData("A.")]
    [InlineData(".A")]
    [InlineData("50%OFF")]
    [InlineData("100%")]
    [InlineData("5%")]
    [InlineData("%%")]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("A%2FB", false)]
    [InlineData("%41", false)]
    [InlineData("%2e%2E", false)]
    [InlineData("5%%20", false)]
    [InlineData(" ", false)]
    [InlineData(" A", false)]
    [InlineData("A ", false)]
    [InlineData("A\u00A0B", false)]
    [InlineData("A\u0000B", false)]
    [InlineData("A\nB", false)]
    [InlineData("A\u202EB", false)]
    [InlineData("A\u2066B", false)]
    [InlineData("A\u200BB", false)]
    [InlineData("A\u00ADB", false)]
    [InlineData("\u3164", false)]
    [InlineData("A\u115FB", false)]
    [InlineData("\u0301", false)]
    [InlineData("A\u0378", false)]
    [InlineData("\uE000", false)]
    [InlineData("😀", false)]
    [InlineData("Gro\u0308ße", false)]
    public void Sku_IsCreated_IfEveryPathCanCarryIt(string text, bool isValid = true) =>
        (Sku.Check(text) is null).ShouldBe(isValid, Sku.Check(text)?.Message);

    [Fact]
    public void Sku_HasAtMost64Characters()
    {
        Sku.Check(new string('A', 64)).ShouldBeNull();
        Sku.Check("\uD800").ShouldNotBeNull();
        Sku.Check(new string('A', 65)).ShouldBe(new InputError("invalid_sku", "Must have 1 to 64 characters."));
    }

    [Theory]
    [InlineData("A%41")]
    [InlineData("a\\b")]
    [InlineData("Gro\u0308ße")]
    [InlineData("A")]
    public void StoredSku_OfAnEarlierVersion_IsStillFound(string text) => Sku.MayBeStored(text).ShouldBeTrue();
}
