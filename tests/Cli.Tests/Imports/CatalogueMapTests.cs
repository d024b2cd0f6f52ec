using System.Text;
using ActorShop.Cli.Imports;
using ActorShop.Cli.Testing;

namespace ActorShop.Cli.Tests.Imports;

public sealed class CatalogueMapTests
{
    [Fact]
    public async Task Aws_BecomesOneVariant_WithItsStock()
    {
        var product = await OneAsync(
            """{"id":"u-1","current_stock":15,"name":"Bag","category":"accessories","style":"backpack","description":"d","price":129.99,"aliases":["a","b"],"link":null}""");

        product.ExternalId.ShouldBe("u-1");
        product.Category.ShouldBe(new CatalogueCategory("accessories", "accessories"));
        product.Attributes.ShouldBe([new("aliases", "a, b"), new("style", "backpack")]);
        product.Variants.ShouldHaveSingleItem().ShouldBe(new("u-1", new(12999, "GBP"), product.Variants[0].Options, 15));
    }

    [Fact]
    public async Task Eshop_HasPrefixedSkus_AndCategoryCodes()
    {
        var product = await OneAsync("""{"Id":3,"Type":"Ski/boarding","Brand":"WildRunner","Name":"Goggles","Description":"d","Price":79.99}""");

        product.Category.ShouldBe(new CatalogueCategory("ski-boarding", "Ski/boarding"));
        product.Attributes.ShouldBe([new("brand", "WildRunner")]);
        product.Variants[0].Sku.ShouldBe("eshop-3");
        product.Variants[0].Price.Amount.ShouldBe(7999);
    }

    [Theory]
    [InlineData("10123C,product,10123,C,TAPE,65,GBP,5", CatalogueVariant.Tracked, 6, true, "TAPE")]
    [InlineData("POST,carriage,POST,,POSTAGE,1800,GBP,", CatalogueVariant.Untracked, 0, false, "POSTAGE")]
    [InlineData("10134,product,10134,,,,GBP,7", CatalogueVariant.Tracked, 8, false, "10134")]
    public async Task Uci_TracksProducts_AndSellsOnlyPricedOnes(string row, string policy, int opening, bool isForSale, string name)
    {
        var product = await OneAsync(
            "StockCode,Kind,BaseCode,VariantSuffix,Description,ModalPriceMinor,Currency,InitialStockNeeded\n" + row + "\n", CatalogueFormat.Csv,
            new ImportSettings("GBP", "InitialStockNeeded", 1.1m));

        product.Variants[0].Policy.ShouldBe(policy);
        product.Variants[0].OpeningStock.ShouldBe(opening);
        product.IsForSale.ShouldBe(isForSale);
        product.Name.ShouldBe(name);
    }

    [Fact]
    public async Task Own_InJson_MayHaveSeveralVariants()
    {
        var product = await OneAsync(
            """{"externalId":"p","name":"Shirt","category":"Tops","attributes":{"cotton":"yes"},"currency":"EUR","variants":[{"sku":"s","price":9.5,"options":{"size":"S"},"stock":3},{"sku":"m","price":"9.50","policy":"backorder","backorderLimit":5}]}""");

        product.ExternalId.ShouldBe("p");
        product.Attributes["cotton"].ShouldBe("yes");
        product.Variants.Select(static variant => (variant.Sku, variant.Price.Amount, variant.Price.Currency, variant.OpeningStock, variant.BackorderLimit))
            .ShouldBe([("s", 950, "EUR", 3, 0), ("m", 950, "EUR", 0, 5)]);
        product.Variants[0].Options["size"].ShouldBe("S");
    }

    [Fact]
    public async Task Own_InCsv_HasOptionsAndAttributesAsColumns()
    {
        var product = await OneAsync("sku,name,price,stock,option.size,attribute.colour\ns,Shirt,9.50,4,S,red\n", CatalogueFormat.Csv);

        product.ExternalId.ShouldBe("s");
        product.Variants[0].Options["size"].ShouldBe("S");
        product.Variants[0].OpeningStock.ShouldBe(4);
        product.Attributes["colour"].ShouldBe("red");
    }

    [RealDataFact]
    public async Task RealCatalogues_AreRecognised_AndEveryRowIsAProduct()
    {
        (await CountAsync("aws-retail-demo-store", "products.ndjson.gz")).ShouldBe((2465, 0));
        (await CountAsync("eshop", "catalog.ndjson")).ShouldBe((101, 0));
        (await CountAsync("uci-online-retail", "derived-catalogue.csv.gz")).ShouldBe((4070, 0));
    }

    private static async Task<(int Products, int Refused)> CountAsync(params string[] path)
    {
        await using var input = await RealData.OpenAsync(path);
        var rows = await CatalogueReader.ReadAsync(input, InputFile.FormatOf(path[^1])!.Value, null, new ImportSettings(), CancellationToken.None).ToListAsync();
        return (rows.OfType<RowReading.Accepted>().Count(), rows.OfType<RowReading.Refused>().Count());
    }

    private static async Task<CatalogueProduct> OneAsync(
        string text, CatalogueFormat format = CatalogueFormat.Ndjson, ImportSettings? settings = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var reading = await CatalogueReader.ReadAsync(stream, format, null, settings ?? new ImportSettings(), CancellationToken.None).SingleAsync();
        return reading.ShouldBeOfType<RowReading.Accepted>().Product;
    }
}
