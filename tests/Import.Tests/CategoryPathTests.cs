namespace ActorShop.Import;

[Trait("Suite", "Unit")]
public sealed class CategoryPathTests
{
    [Theory]
    [InlineData("Hats", "hats")]
    [InlineData("Hats and Caps", "hats-and-caps")]
    [InlineData("T-Shirts", "t-shirts")]
    [InlineData("Men/Hats and Caps", "men--hats-and-caps")]
    [InlineData("Men > Hats", "men--hats")]
    public void PlainNames_AreReadableCodes(string path, string code) => CategoryPath.Parse(path, '/', '>')!.Code.ShouldBe(code);

    [Fact]
    public void DifferentPaths_HaveDifferentCodes()
    {
        string[] paths =
        [
            "C", "C++", "C#", "C 2", "Größe", "Gräße", "Grosse", "Gr e", "衣服", "茶", "Чай", "Кофе", "Men Hats", "Men/Hats", "Men - Hats",
            "Hats", "Women/Hats", "Home & Kitchen", "Home + Kitchen", "Home Kitchen", "c---" + new CategoryPath("C++").Code[^12..],
            new string('x', 70), new string('x', 71), string.Join('/', Enumerable.Repeat("level", 20)), string.Join('/', Enumerable.Repeat("level", 21)),
            "!", "?", "日本/茶", "日本茶",
        ];

        var codes = paths.Select(static path => CategoryPath.Parse(path, '/')!.Code).ToArray();

        codes.Distinct(StringComparer.Ordinal).Count().ShouldBe(paths.Length);
        codes.ShouldAllBe(static code => code.Length <= 64 && code.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
    }

    [Fact]
    public void Code_StaysTheSame()
    {
        // Shops have stored these codes: another digest would make every category a second time.
        new CategoryPath("Größe").Code.ShouldBe("gr-e---" + new CategoryPath("GRÖßE").Code[^12..]);
        new CategoryPath("茶").Code.ShouldBe("category---7e005ba311f8");
    }

    [Theory]
    [InlineData("A/B/C", "A > B > C")]
    [InlineData("A > B", "A > B")]
    [InlineData("A / B /", "A > B")]
    [InlineData("Home, Garden", "Home, Garden")]
    [InlineData("Default/Men/Hats,Default/New", "Default > Men > Hats")]
    [InlineData("Gear\nGear/Bags", "Gear > Bags")]
    public async Task Category_IsThePathOfItsLeaf(string category, string path)
    {
        var catalogue = await Sample.CsvAsync($"sku,name,price,category\n1,a,2,\"{category}\"\n");

        catalogue.OneProduct().Category!.ToString().ShouldBe(path);
    }

    [Theory]
    [InlineData("A/B,A/B/C", 0)]
    [InlineData("A/B,A/C", 1)]
    [InlineData("Gear\nBags", 1)]
    public async Task SeveralCategories_AreNoted(string category, int notes) =>
        (await Sample.CsvAsync($"sku,name,price,category\n1,a,2,\"{category}\"\n")).Notes.Length.ShouldBe(notes);
}
