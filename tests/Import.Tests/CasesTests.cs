namespace ActorShop.Import;

/// <summary>Goal: each kind of file that once went wrong is read right, or refused with its reason. Method: the files of <c>Cases/</c>.</summary>
[Trait("Suite", "Unit")]
public sealed class CasesTests
{
    [Theory]
    [InlineData("empty.csv", "the file is empty", null)]
    [InlineData("stock-column-of-another-name.csv", "the map 'own' does not know the columns qty, stok", "ignore-columns")]
    [InlineData("thousands-point.csv", "line 2: '1.290' has two readings", "decimal point|comma")]
    [InlineData("cp1252-category-options.csv", "line 1 is not UTF-8: give the encoding", "encoding windows-1252")]
    public async Task File_IsRefused_WithTheOptionThatHelps(string file, string reason, string? option)
    {
        var refusal = await Should.ThrowAsync<ImportException>(() => Sample.CaseAsync(file));

        refusal.Message.ShouldStartWith(reason);
        refusal.Option.ShouldBe(option);
    }

    [Theory]
    [InlineData(DecimalMark.Comma, 129_000L, 129_900L)]
    [InlineData(DecimalMark.Point, 129L, null)]
    public async Task ThousandsPoint_IsReadAsStated(DecimalMark mark, long first, long? second)
    {
        var catalogue = await Sample.CaseAsync("thousands-point.csv", new() { DecimalMark = mark });

        var prices = catalogue.Products().Select(static product => (long?)product.Variants[0].Price!.Value.Amount).ToArray();
        (prices[0], prices.ElementAtOrDefault(1)).ShouldBe((first, second));
    }

    [Fact]
    public async Task Windows1252_IsConverted_InEveryText()
    {
        var product = (await Sample.CaseAsync("cp1252-category-options.csv", new() { Encoding = ImportEncoding.Find("windows-1252") })).OneProduct();

        (product.Category!.Name, product.Attributes.Texts(), product.Variants[0].Options.Texts()).ShouldBe(("Küche", "farbe=weiß", "größe=groß"));
    }

    [Fact]
    public async Task Semicolons_AreDetected_WithDecimalCommas() =>
        (await Sample.CaseAsync("semicolon.csv")).Products().Select(static product => (product.Variants[0].Price, product.Variants[0].OpeningStock))
            .ShouldBe([(new Money(799, "EUR"), 12), (new Money(1200, "EUR"), 3)]);

    [Fact]
    public async Task Categories_AllDiffer()
    {
        var catalogue = await Sample.CaseAsync("categories.csv");

        var paths = catalogue.Products().Select(static product => product.Category!).ToArray();
        paths.Select(static path => path.Code).Distinct(StringComparer.Ordinal).Count().ShouldBe(8);
        paths[6].ToString().ShouldBe("Default Category > Men > Tops > Hats and Caps");
        paths[7].ToString().ShouldBe("Gear");
        catalogue.Notes.Select(static note => note.Line).ShouldBe([8, 9]);
    }

    [Fact]
    public async Task UnnamedColumnsWithoutValues_DoNoHarm() =>
        (await Sample.CaseAsync("two-unnamed-columns.csv")).OneProduct().Variants[0].Sku.ShouldBe("UNN-1");

    [Fact]
    public async Task RowsOfOneExternalId_AreVariants() =>
        (await Sample.CaseAsync("variants-in-rows.csv")).OneProduct().Variants.Select(static variant => (variant.Sku, variant.Options.Texts(), variant.OpeningStock))
            .ShouldBe([("SHIRT-S", "size=S", 1), ("SHIRT-M", "size=M", 1)]);

    [Fact]
    public async Task PriceFile_SaysNothingButNameAndPrice()
    {
        var product = (await Sample.CaseAsync("price-file-2-prices.csv")).OneProduct();

        (product.Name, product.Description, product.Category, product.Attributes.Count, product.IsForSale).ShouldBe(("Cup", null, null, 0, null));
        product.Variants.ShouldHaveSingleItem().Options.ShouldBeEmpty();
        (await Sample.CaseAsync("price-file-1-full.ndjson")).OneProduct().Variants.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Shopify_IsDetected()
    {
        var catalogue = await Sample.CaseAsync("shopify-layout.csv");

        catalogue.Map.ShouldBe("shopify");
        catalogue.Rows.ShouldBe(3);
        Show(catalogue).ShouldBe(
        [
            "Wool cap [Hats] sale vendor=Beispiel: CAP-S-BLU 19.90 Colour=Blue, Size=S tracked 12 | CAP-M-BLU 19.90 Colour=Blue, Size=M backorder 0",
            "Plain pin [Pins] archived vendor=Beispiel: plain-pin 0.00  untracked ",
        ]);
        catalogue.Notes.ShouldHaveSingleItem().Detail.ShouldBe("plain-pin");
        catalogue.LeftOutColumns.ShouldContain("Variant Compare At Price", StringComparer.Ordinal);
    }

    [Fact]
    public async Task WooCommerce_IsDetected()
    {
        var catalogue = await Sample.CaseAsync("woo-layout.csv");

        catalogue.Map.ShouldBe("woo");
        Show(catalogue).ShouldBe(
        [
            "Cup one [Kitchen > Cups] sale : cup-one 7.99  tracked 12",
            "Cap [Hats] sale : cap-s 19.00 Size=S backorder 5 | cap-m 19.00 Size=M backorder -2",
        ]);
        catalogue.Notes.Select(static note => (note.Line, note.Detail)).ShouldBe([(2, "Kitchen > Cups"), (4, "14.5")]);
        (await Sample.CaseAsync("woo-layout.csv", new() { UseSalePrices = true })).Products()[1].Variants[0].Price!.Value.Amount.ShouldBe(1450);
    }

    [Fact]
    public async Task Magento_IsDetected()
    {
        var catalogue = await Sample.CaseAsync("magento-layout.csv");

        catalogue.Map.ShouldBe("magento");
        Show(catalogue).ShouldBe(
        [
            "Hat switched off [Men > Hats] archived : HAT-OFF 52.00  tracked 100",
            "Hat [Men > Hats] sale : HAT-S-RED 52.00 size=S tracked 100 | HAT-M-RED 52.00 size=M tracked 100",
        ]);
        catalogue.Items.OfType<CatalogueItem.Accepted>().Sum(static item => item.Rows).ShouldBe(catalogue.Rows);
        catalogue.Notes.ShouldHaveSingleItem().Detail.ShouldBe("39.00");
    }

    private static string[] Show(Catalogue catalogue) => [.. catalogue.Products().Select(static product =>
        $"{product.Name} [{product.Category}] {(product.IsForSale is false ? "archived" : "sale")} {product.Attributes.Texts()}: "
        + string.Join(" | ", product.Variants.Select(static variant => FormattableString.Invariant(
            $"{variant.Sku} {variant.Price!.Value.Amount / 100m:F2} {variant.Options.Texts()} {variant.Policy} {variant.OpeningStock}"))))];
}
