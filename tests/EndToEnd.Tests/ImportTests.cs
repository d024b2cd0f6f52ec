using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ActorShop.Import;
using Xunit.Abstractions;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: a merchant's file does in the shop what its report says. Method: the tool as an operator runs it, against the shop in one process;
/// each file of <c>Import.Tests/Cases</c>, and made-up exports of three other shops with 1,000 products.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class ImportTests(ITestOutputHelper output)
{
    private static readonly (string File, string Options, int ExitCode, string Said)[] Runs =
    [
        ("empty.csv", "", 2, "the file is empty"),
        ("stock-column-of-another-name.csv", "", 2, "the map 'own' does not know the columns qty, stok (--ignore-columns)"),
        ("stock-column-of-another-name.csv", "--ignore-columns", 0, "columns that are not imported: qty, stok"),
        ("stock-column-of-another-name.csv", "--opening-stock-column qty --ignore-columns", 0, "units of opening stock 100"),
        ("thousands-point.csv", "", 2, "'1.290' has two readings, and no number of the file shows which: is the mark before the decimals a point or a comma? (--decimal point|comma)"),
        ("thousands-point.csv", "--decimal comma", 0, "products created 2"),
        ("cp1252-category-options.csv", "", 2, "line 1 is not UTF-8: give the encoding (--encoding windows-1252)"),
        ("cp1252-category-options.csv", "--encoding windows-1252", 0, "products created 1"),
        ("semicolon.csv", "", 0, "units of opening stock 15"),
        ("two-unnamed-columns.csv", "", 0, "products created 1"),
        ("variants-in-rows.csv", "--dry-run", 0, "products that would be created 1"),
        ("variants-in-rows.csv", "", 0, "2 rows = 1 products in 2 rows + 0 refused"),
        ("categories.csv", "", 0, "products created 8"),
        ("price-file-1-full.ndjson", "", 0, "products created 1"),
        ("price-file-2-prices.csv", "--dry-run", 0, "products that would be updated 1"),
        ("price-file-2-prices.csv", "", 0, "products updated 1"),
        ("price-file-2-prices.csv", "", 0, "products that were there, the same 1"),
        ("shopify-layout.csv", "--currency EUR", 0, "3 rows = 2 products in 3 rows + 0 refused"),
        ("woo-layout.csv", "--currency EUR", 0, "4 rows = 2 products in 4 rows + 0 refused"),
        ("magento-layout.csv", "--currency EUR", 0, "4 rows = 2 products in 4 rows + 0 refused"),
    ];

    [Fact]
    public async Task EachCase_DoesWhatItsReportSays()
    {
        await using var shop = await ShopProcess.StartAsync();
        foreach (var (file, options, exitCode, said) in Runs)
        {
            var (code, text) = await ToolAsync(shop, Path.Combine(AppContext.BaseDirectory, "Cases", file), options);
            code.ShouldBe(exitCode, text);
            Compact(text).ShouldContain(Compact(said), Case.Sensitive, text);
        }

        // What a price file does not name stays.
        var cup = await ProductAsync(shop, "CUP-7");
        cup.GetProperty("description").GetString().ShouldBe("Long words");
        cup.GetProperty("attributes").GetProperty("material").GetString().ShouldBe("clay");
        PricesOf(cup).ShouldBe("CUP-7 950, CUP-7-L 2000");

        // A category is the leaf of a path whose ancestors are there; no two names share one.
        var categories = (await shop.SendAsync("GET", "/v1/categories")).Body.GetProperty("data").EnumerateArray().ToArray();
        var leaf = categories.Single(static category => category.GetProperty("name").GetString() is "Hats and Caps");
        leaf.GetProperty("parent").GetString().ShouldBe("default-category--men--tops");
        string?[] names = [.. categories.Select(static category => category.GetProperty("name").GetString())];
        foreach (var name in new[] { "緑茶", "Чай", "C++", "C#", "Größe", "Gräße", "Default Category", "Men", "Tops", "Gear", "Küche", "Kitchen", "Cups" })
        {
            names.Count(one => string.Equals(one, name, StringComparison.Ordinal)).ShouldBeGreaterThan(0, name);
        }

        // Variants, stock and policies of other shops' exports.
        PricesOf(await ProductAsync(shop, "woo-2")).ShouldBe("cap-s 1900, cap-m 1900");
        PricesOf(await ProductAsync(shop, "magento-HAT")).ShouldBe("HAT-S-RED 5200, HAT-M-RED 5200");
        (await ProductAsync(shop, "shopify-plain-pin")).GetProperty("archived").GetBoolean().ShouldBeTrue();
        (await ProductAsync(shop, "magento-HAT-OFF")).GetProperty("archived").GetBoolean().ShouldBeTrue();
        var level = (await shop.SendAsync("GET", "/v1/stock/cap-m")).Body;
        (level.GetProperty("onHand").GetInt32(), level.GetProperty("policy").GetString()).ShouldBe((-2, "backorder"));
    }

    [Fact]
    public async Task ArchivedProduct_StaysArchived_UntilItIsRestored()
    {
        await using var shop = await ShopProcess.StartAsync();
        var file = Path.Combine(shop.Folder, "prices.csv");
        await File.WriteAllTextAsync(file, $"sku,price\n{ShopProcess.SampleSku},7.00\n");
        var found = await shop.SendAsync("GET", "/v1/products?query=balance&limit=1");
        var path = $"/v1/products/{found.Body.GetProperty("data")[0].GetProperty("id").GetString()}";
        using var archive = new HttpRequestMessage(HttpMethod.Delete, path.Replace("/v1/", "/v1/admin/", StringComparison.Ordinal))
        {
            Headers = { { "If-Match", "*" }, { "Authorization", $"Bearer {ShopProcess.AdminKey}" } },
        };
        (await shop.Client.SendAsync(archive)).EnsureSuccessStatusCode();

        var kept = await ToolAsync(shop, file, string.Empty);
        kept.Code.ShouldBe(0, kept.Text);
        Compact(kept.Text).ShouldContain("archivedproductsthatstayarchived1");
        (await shop.SendAsync("GET", path, asAdmin: true)).Body.GetProperty("archived").GetBoolean().ShouldBeTrue();

        (await ToolAsync(shop, file, "--restore-archived")).Code.ShouldBe(0);
        var restored = (await shop.SendAsync("GET", path, asAdmin: true)).Body;
        restored.GetProperty("archived").GetBoolean().ShouldBeFalse();
        restored.GetProperty("name").GetString().ShouldNotBeNullOrEmpty();
        PricesOf(restored).ShouldContain($"{ShopProcess.SampleSku} 700", Case.Sensitive);
    }

    [Theory]
    [InlineData("shopify")]
    [InlineData("woo")]
    [InlineData("magento")]
    public async Task MadeUpExport_IsImportedWhole_AndRepeatedWithoutAnEffect(string kind)
    {
        await using var shop = await ShopProcess.StartAsync();
        var export = MadeUpExport.Of(kind, products: 1_000, seed: 20_261_129);
        var file = Path.Combine(shop.Folder, $"{kind}.csv");
        await File.WriteAllTextAsync(file, export.Text);

        var dry = await ToolAsync(shop, file, "--dry-run");
        dry.Code.ShouldBe(0, dry.Text);
        Compact(dry.Text).ShouldContain("productsthatwouldbecreated1,000");

        var run = await ToolAsync(shop, file, string.Empty);
        run.Code.ShouldBe(0, run.Text);
        foreach (var line in new[]
        {
            "products created 1,000", FormattableString.Invariant($"units of opening stock {export.Units:N0}"),
            $"{export.Rows} rows = 1000 products in {export.Rows - export.LeftOut} rows + 0 refused",
        })
        {
            Compact(run.Text).ShouldContain(Compact(line), Case.Sensitive, run.Text);
        }

        var again = await ToolAsync(shop, file, string.Empty);
        again.Code.ShouldBe(0, again.Text);
        Compact(again.Text).ShouldContain("productsthatwerethere,thesame1,000");
        Compact(again.Text).ShouldContain("unitsofopeningstock0");
    }

    private async Task<(int Code, string Text)> ToolAsync(ShopProcess shop, string file, string options)
    {
        var start = Stopwatch.GetTimestamp();
        await using var tool = ChildProcess.StartTool(shop, ["import", file, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        var code = await tool.EndAsync();
        var text = string.Join('\n', tool.Output);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"$ import {Path.GetFileName(file)} {options}\n{text.Replace(Path.GetDirectoryName(file)! + '/', string.Empty, StringComparison.Ordinal)}\nexit {code}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s\n"));
        return (code, text);
    }

    /// <summary>The product with an external id, which a dry run of another one finds.</summary>
    private static async Task<JsonElement> ProductAsync(ShopProcess shop, string externalId)
    {
        var taken = await shop.SendAsync(
            "POST", "/v1/admin/products?dryRun=true", $$$"""{"name":"x","externalId":"{{{externalId}}}","variants":[{"sku":"x-x","price":{"amount":1,"currency":"GBP"}}]}""", asAdmin: true);
        return (await shop.SendAsync("GET", $"/v1/products/{taken.Member("productId")}")).Body;
    }

    private static string PricesOf(JsonElement product) => string.Join(", ", product.GetProperty("variants").EnumerateArray().Select(
        static variant => $"{variant.GetProperty("sku").GetString()} {variant.GetProperty("price").GetProperty("amount").GetInt64()}"));

    private static string Compact(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));
}
