namespace ActorShop.Import;

/// <summary>Goal: what differs between the shops' exports is read by its meaning there.</summary>
[Trait("Suite", "Unit")]
public sealed class ShopMapTests
{
    private const string Shopify = "Handle,Title,Published,Status,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Image Src\n";

    private const string Woo = "ID,Type,SKU,Name,Published,In stock?,Stock,Backorders allowed?,Sale price,Regular price,Categories,Parent,Attribute 1 name,Attribute 1 value(s)\n";

    private const string Magento = "sku,store_view_code,product_type,product_websites,categories,name,product_online,visibility,price,special_price,qty,is_in_stock,manage_stock,additional_attributes,configurable_variations\n";

    [Fact]
    public async Task Shopify_RowsWithAPictureAlone_BelongToTheProduct()
    {
        var catalogue = await Sample.CsvAsync(Shopify
            + "cap,Cap,TRUE,active,Title,Default Title,CAP,shopify,3,deny,5.00,a.jpg\ncap,,,,,,,,,,,b.jpg\ncap,,,,,,,,,,,c.jpg\n");

        catalogue.Items.ShouldHaveSingleItem().ShouldBeOfType<CatalogueItem.Accepted>().Rows.ShouldBe(3);
        catalogue.Products()[0].Variants.ShouldHaveSingleItem().Options.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("TRUE", "active", true)]
    [InlineData("true", "", true)]
    [InlineData("FALSE", "active", false)]
    [InlineData("TRUE", "draft", false)]
    [InlineData("TRUE", "archived", false)]
    public async Task Shopify_SellsWhatIsPublishedAndActive(string published, string status, bool isForSale) =>
        (await Sample.CsvAsync(Shopify + $"cap,Cap,{published},{status},,,CAP,shopify,3,deny,5.00,\n")).OneProduct().IsForSale.ShouldBe(isForSale);

    [Theory]
    [InlineData("", "3", "deny", ImportVariant.Untracked, null)]
    [InlineData("shopify", "3", "deny", ImportVariant.Tracked, 3)]
    [InlineData("shopify", "-3", "continue", ImportVariant.Backorder, -3)]
    [InlineData("shopify", "", "deny", ImportVariant.Tracked, null)]
    public async Task Shopify_CountsWhatHasATracker(string tracker, string quantity, string policy, string expected, int? opening)
    {
        var variant = (await Sample.CsvAsync(Shopify + $"cap,Cap,TRUE,active,,,CAP,{tracker},{quantity},{policy},5.00,\n")).OneProduct().Variants[0];

        (variant.Policy, variant.OpeningStock).ShouldBe((expected, opening));
    }

    [Fact]
    public async Task Shopify_MakesSkus_FromHandleAndOptions()
    {
        var catalogue = await Sample.CsvAsync(Shopify
            + $"cap,Cap,TRUE,active,Size,S,,shopify,3,deny,5.00,\ncap,,,,,L/XL,,shopify,3,deny,5.00,\n{new string('h', 90)},Long,TRUE,active,,,,shopify,3,deny,5.00,\n");

        catalogue.Products().SelectMany(static product => product.Variants).Select(static variant => variant.Sku)
            .ShouldBe(["cap-S", "cap-L-XL", catalogue.Notes[2].Detail]);
        catalogue.Notes[2].Detail.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Shopify_IsReadUnderItsNewColumnNames()
    {
        var catalogue = await Sample.CsvAsync(
            "Title,URL handle,Description,Product category,Published on online store,Status,SKU,Option1 name,Option1 value,Price,Compare-at price,Inventory tracker,Inventory quantity,Continue selling when out of stock\n"
            + "Cap,cap,<p>Warm</p>,Apparel > Hats,TRUE,Active,CAP-S,Size,S,5.00,6.00,shopify,3,DENY\n");

        catalogue.Map.ShouldBe("shopify");
        var product = catalogue.OneProduct();
        (product.Description, product.Category!.ToString(), product.IsForSale).ShouldBe(("<p>Warm</p>", "Apparel > Hats", true));
        (product.Variants[0].Sku, product.Variants[0].OpeningStock, product.Variants[0].Options.Texts()).ShouldBe(("CAP-S", 3, "Size=S"));
    }

    [Fact]
    public async Task Shopify_ProductWithTwoEqualSkus_IsRefused() =>
        (await Sample.CsvAsync(Shopify + "cap,Cap,TRUE,active,Size,S,CAP,shopify,3,deny,5.00,\ncap,,,,,M,CAP,shopify,3,deny,5.00,\n"))
            .Refusals().Length.ShouldBe(2);

    [Fact]
    public async Task Shopify_TakesMetafieldsAndMarketPrices_AsKnown() =>
        (await Sample.CsvAsync("Handle,Title,Variant Price,Colour (product.metafields.shopify.color),Price / International,SEO Title,Google Shopping / MPN\ncap,Cap,5.00,,,,\n"))
            .LeftOutColumns.Length.ShouldBe(4);

    [Theory]
    [InlineData("id:2")]
    [InlineData("cap")]
    public async Task Woo_FindsTheParent_ByIdAndBySku_AlsoAfterTheVariation(string parent)
    {
        var catalogue = await Sample.CsvAsync(Woo
            + $"3,variation,cap-s,Cap - S,1,1,5,0,,19,,{parent},Size,S\n2,variable,cap,Cap,1,1,,0,,,\"Hats, Sale\",,Size,\"S, M\"\n");

        var product = catalogue.OneProduct();
        (product.ExternalId, product.Name, product.Attributes.Count).ShouldBe(("woo-2", "Cap", 0));
        product.Variants.ShouldHaveSingleItem().Options.Texts().ShouldBe("Size=S");
    }

    [Theory]
    [InlineData("3,variation,cap-s,Cap,1,1,5,0,,19,,gone,Size,S\n", "the parent 'gone' is not in the file")]
    [InlineData("3,variation,cap-s,Cap,1,1,5,0,,19,,,Size,S\n", "Parent is missing")]
    [InlineData("3,variable,cap,Cap,1,1,5,0,,,,,Size,S\n", "the variable product has no variation that is published")]
    [InlineData("3,grouped,set,Set,1,1,,0,,,,,,\n", "products of type 'grouped' cannot be sold here")]
    [InlineData("3,external,link,Link,1,1,,0,,5,,,,\n", "products of type 'external' cannot be sold here")]
    [InlineData("3,simple,cup,Cup,1,1,,0,,0,,,,\n", "the price of SKU 'cup' is zero, and the product is for sale (allow-free)")]
    public async Task Woo_RefusesWhatCannotBeSold(string row, string reason) =>
        (await Sample.CsvAsync(Woo + row)).Refusals().ShouldBe([(2, reason)]);

    [Theory]
    [InlineData("1,5,0", ImportVariant.Tracked, 5)]
    [InlineData("1,'-2,1", ImportVariant.Backorder, -2)]
    [InlineData("1,5,notify", ImportVariant.Backorder, 5)]
    [InlineData("1,,0", ImportVariant.Untracked, null)]
    [InlineData("0,,0", ImportVariant.Tracked, null)]
    public async Task Woo_StockIsCounted_WhereItIsManaged(string stock, string policy, int? opening)
    {
        var variant = (await Sample.CsvAsync(Woo + $"1,\"simple, virtual\",cup,Cup,1,{stock},,5,,,,\n")).OneProduct().Variants[0];

        (variant.Policy, variant.OpeningStock).ShouldBe((policy, opening));
    }

    [Fact]
    public async Task Woo_DraftsAreArchived_AndUnpublishedVariationsAreLeftOut()
    {
        var catalogue = await Sample.CsvAsync(Woo
            + "1,simple,cup,Cup,-1,1,5,0,,5,,,,\n2,variable,cap,Cap,1,1,,0,,,,,Size,\"S, M\"\n3,variation,cap-s,Cap,1,1,5,0,,19,,cap,Size,S\n4,variation,cap-m,Cap,0,1,5,0,,19,,cap,Size,M\n");

        catalogue.Products().Select(static product => (product.IsForSale, product.Variants.Length)).ShouldBe([(false, 1), (true, 1)]);
        catalogue.Items.OfType<CatalogueItem.LeftOut>().ShouldHaveSingleItem().Line.ShouldBe(5);
    }

    [Fact]
    public async Task Magento_RowsOfStoreViews_AndSwitchedOffVariations_AreLeftOut()
    {
        var catalogue = await Sample.CsvAsync(Magento
            + "H-S,,simple,base,,Hat S,1,Not Visible Individually,5.0000,,3.0000,1,1,,\nH-M,,simple,base,,Hat M,2,Not Visible Individually,5.0000,,3.0000,1,1,,\n"
            + "H,,configurable,base,Default Category/Hats,Hat,1,\"Catalog, Search\",,,0,1,1,,\"sku=H-S,size=S|sku=H-M,size=M\"\nH,de,,,,Hut,,,,,,,,,\n");

        catalogue.Products().ShouldHaveSingleItem().Variants.Select(static variant => (variant.Sku, variant.OpeningStock)).ShouldBe([("H-S", 3)]);
        catalogue.Items.OfType<CatalogueItem.LeftOut>().Select(static item => item.Line).ShouldBe([3, 5]);
    }

    [Theory]
    [InlineData("1,\"Catalog, Search\"", true)]
    [InlineData("2,\"Catalog, Search\"", false)]
    [InlineData("1,Not Visible Individually", false)]
    public async Task Magento_SellsWhatIsOnlineAndVisible(string online, bool isForSale) =>
        (await Sample.CsvAsync(Magento + $"A,,simple,base,,A,{online},5.00,,3,1,1,,\n")).OneProduct().IsForSale.ShouldBe(isForSale);

    [Theory]
    [InlineData("3,1,1", ImportVariant.Tracked, 3)]
    [InlineData("3,0,1", ImportVariant.Tracked, 0)]
    [InlineData("3,1,0", ImportVariant.Untracked, null)]
    public async Task Magento_StockIsCounted_WhereItIsManaged(string stock, string policy, int? opening)
    {
        var variant = (await Sample.CsvAsync(Magento + $"A,,simple,base,,A,1,Catalog,5.00,,{stock},,\n")).OneProduct().Variants[0];

        (variant.Policy, variant.OpeningStock).ShouldBe((policy, opening));
    }

    [Fact]
    public async Task Magento_AttributesMayHaveCommas() =>
        (await Sample.CsvAsync(Magento + "A,,simple,base,,A,1,Catalog,5.00,,3,1,1,\"size=S,material=wool, cotton,care=wash = 30\",\n"))
            .OneProduct().Attributes.Texts().ShouldBe("care=wash = 30, material=wool, cotton, size=S");

    [Theory]
    [InlineData("bundle", "products of type 'bundle' cannot be sold here")]
    [InlineData("grouped", "products of type 'grouped' cannot be sold here")]
    [InlineData("configurable", "the configurable product has no variation in the file that is switched on")]
    public async Task Magento_RefusesWhatCannotBeSold(string type, string reason) =>
        (await Sample.CsvAsync(Magento + $"A,,{type},base,,A,1,Catalog,5.00,,3,1,1,,\n")).Refusals().ShouldBe([(2, reason)]);

    [Fact]
    public async Task Map_CanBeForced()
    {
        const string File = "sku,product_type,store_view_code,name,price\nA,simple,,A,1.00\n";

        (await Sample.CsvAsync(File)).Map.ShouldBe("magento");
        (await Sample.CsvAsync(File, new() { Map = "own", IgnoreColumns = true })).Map.ShouldBe("own");
        await Should.ThrowAsync<ImportException>(() => Sample.CsvAsync(File, new() { Map = "own" }));
    }

    [Theory]
    [InlineData("shopify")]
    [InlineData("woo")]
    [InlineData("magento")]
    public async Task MadeUpExport_IsReadWhole(string kind)
    {
        var export = MadeUpExport.Of(kind, products: 1_000, seed: 20_261_129);

        var catalogue = await Sample.CsvAsync(export.Text);

        catalogue.Map.ShouldBe(kind);
        catalogue.Refusals().ShouldBeEmpty();
        (catalogue.Rows, catalogue.Products().Length).ShouldBe((export.Rows, export.Products));
        catalogue.Products().Sum(static product => product.Variants.Length).ShouldBe(export.Variants);
        catalogue.Products().SelectMany(static product => product.Variants).Sum(static variant => (long)(variant.OpeningStock ?? 0)).ShouldBe(export.Units);
        catalogue.Items.OfType<CatalogueItem.LeftOut>().Count().ShouldBe(export.LeftOut);
        catalogue.Products().Count(static product => product.IsForSale is false).ShouldBe(export.NotForSale);
    }
}
