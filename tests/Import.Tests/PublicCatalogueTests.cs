namespace ActorShop.Import;

[Trait("Suite", "Unit")]
public sealed class PublicCatalogueTests
{
    [Fact]
    public async Task Aws_BecomesOneVariant_WithItsStock()
    {
        var product = (await Sample.JsonAsync(
            """{"id":"u-1","current_stock":15,"name":"Bag","category":"accessories","style":"backpack","description":"d","price":129.99,"aliases":["a","b"],"link":"l"}""")).OneProduct();

        product.ExternalId.ShouldBe("u-1");
        product.Category!.Code.ShouldBe("accessories");
        product.Attributes.Texts().ShouldBe("aliases=a, b, link=l, style=backpack");
        var variant = product.Variants.ShouldHaveSingleItem();
        (variant.Sku, variant.Price, variant.OpeningStock).ShouldBe(("u-1", new Money(12999, "GBP"), 15));
    }

    [Fact]
    public async Task Eshop_HasPrefixedSkus_AndCategoriesOfOneName()
    {
        var product = (await Sample.JsonAsync(
            """{"Id":3,"Type":"Ski/boarding","Brand":"WildRunner","Name":"Goggles","Description":"d","Price":79.99}""")).OneProduct();

        product.Category!.Names.ShouldBe(["Ski/boarding"]);
        product.Attributes.Texts().ShouldBe("brand=WildRunner");
        product.Variants[0].Sku.ShouldBe("eshop-3");
        product.Variants[0].Price!.Value.Amount.ShouldBe(7999);
    }

    [Theory]
    [InlineData("10123C,product,10123,C,TAPE,65,GBP,5", ImportVariant.Tracked, 6, true, "TAPE")]
    [InlineData("POST,carriage,POST,,POSTAGE,1800,GBP,", ImportVariant.Untracked, null, false, "POSTAGE")]
    [InlineData("10134,product,10134,,,,GBP,7", ImportVariant.Tracked, 8, false, "10134")]
    public async Task Uci_TracksProducts_AndSellsOnlyPricedOnes(string row, string policy, int? opening, bool isForSale, string name)
    {
        var product = (await Sample.CsvAsync(
            "StockCode,Kind,BaseCode,VariantSuffix,Description,ModalPriceMinor,Currency,InitialStockNeeded\n" + row + "\n",
            new ImportSettings("GBP", "InitialStockNeeded", 1.1m))).OneProduct();

        product.Variants[0].Policy.ShouldBe(policy);
        product.Variants[0].OpeningStock.ShouldBe(opening);
        product.IsForSale.ShouldBe(isForSale);
        product.Name.ShouldBe(name);
    }

    [Fact]
    public async Task Own_InJson_MayHaveSeveralVariants()
    {
        var product = (await Sample.JsonAsync(
            """{"externalId":"p","name":"Shirt","category":"Tops","attributes":{"cotton":"yes"},"currency":"EUR","variants":[{"sku":"s","price":9.5,"options":{"size":"S"},"stock":3},{"sku":"m","price":"9.50","policy":"backorder","backorderLimit":5}]}""")).OneProduct();

        product.ExternalId.ShouldBe("p");
        product.Attributes["cotton"].ShouldBe("yes");
        product.Variants.Select(static variant => (variant.Sku, variant.Price, variant.OpeningStock, variant.BackorderLimit))
            .ShouldBe([("s", new Money(950, "EUR"), 3, null), ("m", new Money(950, "EUR"), null, 5)]);
        product.Variants[0].Options["size"].ShouldBe("S");
    }

    [Fact]
    public async Task Own_InCsv_HasOptionsAndAttributesAsColumns()
    {
        var product = (await Sample.CsvAsync("sku,name,price,stock,option.size,attribute.colour\ns,Shirt,9.50,4,S,red\n")).OneProduct();

        (product.ExternalId, product.IsIdStated).ShouldBe(("s", false));
        product.Variants[0].Options["size"].ShouldBe("S");
        product.Variants[0].OpeningStock.ShouldBe(4);
        product.Attributes["colour"].ShouldBe("red");
    }
}
