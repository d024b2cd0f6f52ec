using ActorShop.Cli.Imports;
using ActorShop.Cli.Testing;
using ActorShop.Import;

namespace ActorShop.Cli.Tests.Imports;

public sealed class RealCatalogueTests
{
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
        var catalogue = await CatalogueReader.ReadAsync(input, InputFile.FormatOf(path[^1])!.Value, new ImportSettings(), CancellationToken.None);
        return (catalogue.Items.OfType<CatalogueItem.Accepted>().Count(), catalogue.Items.OfType<CatalogueItem.Refused>().Count());
    }
}
