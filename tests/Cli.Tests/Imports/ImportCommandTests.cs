using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ActorShop.Cli.Testing;
using ActorShop.Import;

namespace ActorShop.Cli.Tests.Imports;

/// <summary>Goal: an import that is repeated or interrupted leaves the shop as one import does. Method: the command against a stub.</summary>
public sealed class ImportCommandTests : IAsyncLifetime, IDisposable
{
    private const string Catalogue =
        "sku,name,price,stock,policy,category\na,One,1.00,10,,Tea\nb,Two,2.00,20,,Tea\nc,Three,3.00,,untracked,Cake\nd,,4.00,1,,Tea\n";

    private readonly Scratch _scratch = new();
    private ShopStub _shop = null!;

    public async Task InitializeAsync() => _shop = await ShopStub.StartAsync();

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Import_AcceptsValidRows_AndListsTheOthers()
    {
        var run = await ImportAsync();

        run.ExitCode.ShouldBe(ExitCode.Differences);
        run.Error.ShouldContain("line 5: name is missing: the shop has no product 'd'");
        run.Output.ShouldContain("4 rows = 3 products + 1 refused");
        _shop.Books.Products.Keys.ShouldBe(["a", "b", "c"], ignoreOrder: true);
        (_shop.Books.OnHand("a"), _shop.Books.OnHand("b")).ShouldBe((10, 20));
        _shop.Books.Policies.ShouldBe([new("c", "untracked")]);
    }

    [Fact]
    public async Task Import_ChangesNothing_WhenItIsRepeated()
    {
        await ImportAsync();
        var effects = _shop.Books.Effects.ToArray();

        var again = await ImportAsync();

        again.Output.ShouldContain("there, the same");
        _shop.Books.Effects.ShouldBe(effects);
    }

    [Fact]
    public async Task DryRun_AsksTheShop_AndChangesNothing()
    {
        _shop.Books.Refuses = static product => product.GetProperty("name").GetString() is "Two";

        var run = await ImportAsync("--dry-run");

        run.ExitCode.ShouldBe(ExitCode.Differences, run.ToString());
        run.Error.ShouldContain("line 3: product: the shop says 400 validation_failed");
        run.Output.ShouldContain("4 rows = 2 products + 2 refused");
        _shop.Books.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task DryRun_SaysWhatTheImportDoes()
    {
        await ImportAsync();
        var changed = _scratch.Write("changed.csv", "sku,name,price\na,One,1.00\nb,Second,2.00\ne,Five,5.00\nf,,6.00\n");

        var dry = await ToolRun.Of($"import {changed} --server {_shop.Url} --key k --dry-run");
        var run = await ToolRun.Of($"import {changed} --server {_shop.Url} --key k");

        foreach (var (output, would) in new[] { (dry.Output, "that would be "), (run.Output, string.Empty) })
        {
            output.ShouldMatch($@"products {would}created +1\n");
            output.ShouldMatch($@"products {would}updated +1\n");
            output.ShouldMatch(@"products that were there, the same +1\n");
            output.ShouldContain("4 rows = 3 products + 1 refused");
        }
    }

    [Fact]
    public async Task WhatAFileDoesNotName_Stays()
    {
        var full = _scratch.Write("full.ndjson",
            """
            {"externalId":"CUP","name":"Cup","description":"Long words","category":"Tea","attributes":{"material":"clay"},"variants":[{"sku":"CUP-7","price":"10.00","currency":"GBP","options":{"size":"S"}},{"sku":"CUP-7-L","price":"20.00","currency":"GBP"}]}
            """);
        await ToolRun.Of($"import {full} --server {_shop.Url} --key k");
        await ToolRun.Of($"import {_scratch.Write("eur.csv", "sku,price,currency\nCUP-7,12.00,EUR\n")} --server {_shop.Url} --key k");
        var prices = _scratch.Write("prices.csv", "sku,name,price\nCUP-7,Big cup,9.50\n");

        var run = await ToolRun.Of($"import {prices} --server {_shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        _shop.Books.Products.Keys.ShouldBe(["CUP"]);
        _shop.Books.Products["CUP"].GetRawText().ShouldBe(
            """{"name":"Big cup","variants":[{"sku":"CUP-7","prices":[{"amount":950,"currency":"GBP"},{"amount":1200,"currency":"EUR"}],"options":{"size":"S"}},{"sku":"CUP-7-L","prices":[{"amount":2000,"currency":"GBP"}],"options":{}}],"description":"Long words","category":"tea","attributes":{"material":"clay"},"externalId":"CUP","archived":false}""");
    }

    [Fact]
    public async Task Categories_AreMadeFromTheRoot_AndFoundByTheirNames()
    {
        _shop.Books.Categories["home"] = JsonSerializer.SerializeToElement(new { code = "home", name = "Home & Kitchen" });
        var file = _scratch.Write("tree.csv", "sku,name,price,category\n1,a,1.00,Home & Kitchen > Cups\n2,b,1.00,Men/Hats/C++\n3,c,1.00,Men\n");

        var run = await ToolRun.Of($"import {file} --server {_shop.Url} --key k --concurrency 1");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        _shop.Books.Categories.Keys.ShouldBe(["home", new CategoryPath("Home & Kitchen", "Cups").Code, "men", "men--hats", new CategoryPath("Men", "Hats", "C++").Code], ignoreOrder: true);
        _shop.Books.Categories.Values.Select(static category => category.TryGetProperty("parent", out var parent) ? parent.GetString() : null)
            .ShouldBe([null, "home", null, "men", "men--hats"]);
        _shop.Books.Products["1"].GetProperty("category").GetString().ShouldBe(new CategoryPath("Home & Kitchen", "Cups").Code);
    }

    [Fact]
    public async Task RowsOfOneStoredProduct_AreAllTaken_WhateverTheirNumber()
    {
        var skus = Enumerable.Range(0, 60).Select(static i => $"V-{i}").ToArray();
        var full = _scratch.Write("full.csv", "externalId,sku,name,price\n" + string.Concat(skus.Select(static sku => $"P,{sku},Many,1.00\n")));
        await ToolRun.Of($"import {full} --server {_shop.Url} --key k");

        var run = await ToolRun.Of($"import {_scratch.Write("prices.csv", "sku,price\n" + string.Concat(skus.Select(static sku => $"{sku},2.00\n")))} --server {_shop.Url} --key k");

        run.Output.ShouldContain("60 rows = 60 products + 0 refused", Case.Sensitive, run.ToString());
        _shop.Books.Products.ShouldHaveSingleItem().Value.GetProperty("variants").EnumerateArray()
            .Select(static variant => variant.GetProperty("prices")[0].GetProperty("amount").GetInt64()).ShouldAllBe(static amount => amount == 200);
    }

    [Fact]
    public async Task SkuOfAnotherProduct_IsRefused_WhenTheIdIsStated()
    {
        await ImportAsync();

        var run = await ToolRun.Of($"import {_scratch.Write("other.csv", "externalId,sku,name,price\nOTHER,a,Other,1.00\n")} --server {_shop.Url} --key k");

        run.Error.ShouldContain("line 2: product: the shop says 409 sku_taken");
        _shop.Books.Products["a"].GetProperty("name").GetString().ShouldBe("One");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--restore-archived", false)]
    public async Task ArchivedProduct_StaysArchived_UnlessItIsAskedFor(string option, bool archived)
    {
        await ImportAsync();
        _shop.Books.Archive("a");

        var run = await ToolRun.Of($"import {_scratch.Write("prices.csv", "sku,price\na,7.00\n")} --server {_shop.Url} --key k {option}");

        var product = _shop.Books.Products["a"];
        product.GetProperty("archived").GetBoolean().ShouldBe(archived);
        product.GetProperty("variants")[0].GetProperty("prices")[0].GetProperty("amount").GetInt64().ShouldBe(700);
        run.Output.Contains("archived products that stay archived", StringComparison.Ordinal).ShouldBe(archived);
    }

    [Theory]
    [InlineData("externalId,sku,name,price,category,stock\nP,p-1,Bad,1.00,New,5\nP,p-2,Bad,1.00,New,5\n", "product: the shop says 400")]
    [InlineData("externalId,sku,name,price,category,stock\nP,p-1,Good,1.00,New,5\nP,p-2,Good,1.00,New,-1\n", "the stock is -1: below zero needs the policy backorder (SKU p-2) (with line 3, of the same product)")]
    [InlineData("externalId,sku,name,price,category,stock,policy,backorderLimit\nP,p-1,Good,1.00,New,5,,\nP,p-2,Good,1.00,New,-2,backorder,1\n", "opening stock: the shop says 422")]
    public async Task RefusedProduct_LeavesNothingBehind(string file, string reason)
    {
        _shop.Books.Refuses = static product => product.GetProperty("name").GetString() is "Bad";

        var run = await ToolRun.Of($"import {_scratch.Write("refused.csv", file)} --server {_shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.Differences, run.ToString());
        run.Error.ShouldContain(reason);
        run.Output.ShouldContain("2 rows = 0 products + 2 refused");
        _shop.Books.Effects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("sku,name,price\n", "the file has a header and no rows")]
    [InlineData("a,b\n", "no map reads the columns a, b; at least sku, name and price are needed (--map shopify|")]
    [InlineData("a,b\n1,2\n", "no map reads the columns a, b")]
    [InlineData("sku,name,price,qty,Bin\n1,a,2,3,4\n", "the map 'own' does not know the columns qty, Bin (--ignore-columns)")]
    [InlineData("sku,name,price,currency\n1,a,1.290,EUR\n", "'1.290' has two readings")]
    [InlineData("sku,name,price\n1,a,2\n2,\"b,2\n*", "line 3: a quotation mark is not closed, or the row is longer than 1 MiB")]
    public async Task RefusedFile_EndsWithTwo_AndOneLine(string file, string reason)
    {
        var text = file.Replace("*", new string('x', 3 * 1024 * 1024), StringComparison.Ordinal);

        var run = await ToolRun.Of($"import {_scratch.Write("file.csv", text)} --server {_shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.BadInput);
        run.Error.ShouldContain(reason);
        run.Error.TrimEnd().ShouldNotContain('\n');
        run.Output.ShouldBeEmpty();
        _shop.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task UnknownColumns_AreNamed_WhenTheyAreIgnored()
    {
        var run = await ToolRun.Of($"import {_scratch.Write("file.csv", "sku,name,price,qty\n1,a,2,3\n")} --server {_shop.Url} --key k --ignore-columns");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        run.Error.ShouldContain("columns that are not imported: qty");
    }

    [Theory]
    [InlineData("--delimiter tab --decimal comma", "sku\tname\tprice\n1\ta\t1,290\n", 129)]
    [InlineData("--delimiter | --decimal point", "sku|name|price\n1|a|1,290\n", 129_000)]
    [InlineData("--encoding windows-1252", "sku,name,price\n1,caf\u00E9,2\n", 200)]
    public async Task Options_DecideWhatIsRead(string options, string text, long amount)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        await File.WriteAllBytesAsync(_scratch["options.csv"], bytes);

        var run = await ToolRun.Of($"import {_scratch["options.csv"]} --server {_shop.Url} --key k {options}");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        _shop.Books.Products["1"].GetProperty("variants")[0].GetProperty("prices")[0].GetProperty("amount").GetInt64().ShouldBe(amount);
        _shop.Books.Products["1"].GetProperty("name").GetString().ShouldBeOneOf("a", "caf\u00E9");
    }

    [Theory]
    [InlineData("--delimiter ab")]
    [InlineData("--encoding klingon")]
    [InlineData("--decimal dot")]
    [InlineData("--map excel")]
    public async Task InvalidOption_EndsWithTwo(string option) =>
        (await ImportAsync(option)).ExitCode.ShouldBe(ExitCode.BadInput);

    [Fact]
    public async Task NegativeOpeningStock_IsTaken_WithBackorders()
    {
        var run = await ToolRun.Of(
            $"import {_scratch.Write("stock.csv", "sku,name,price,stock,policy\nn,Negative,1.00,-2,backorder\nt,Tracked,1.00,-2,tracked\n")} --server {_shop.Url} --key k");

        run.Error.ShouldContain("line 3: the stock is -2: below zero needs the policy backorder");
        _shop.Books.OnHand("n").ShouldBe(-2);
        _shop.Books.Products.Keys.ShouldBe(["n"]);
    }

    // Every second request that changes something meets the fault.
    [Theory]
    [InlineData(nameof(Fault.DropBefore))]
    [InlineData(nameof(Fault.DropAfter))]
    [InlineData(nameof(Fault.Busy))]
    public async Task Import_TakesEffectOnce_WhenTheShopFails(string fault)
    {
        var kind = Enum.Parse<Fault>(fault);
        _shop.Faults = n => n % 2 == 1 ? kind : Fault.None;

        var run = await ImportAsync("--concurrency 1");

        run.ExitCode.ShouldBe(ExitCode.Differences, run.ToString());
        _shop.Books.Effects.ShouldBe(["category tea", "open a", "product a", "open b", "product b", "category cake", "open c", "product c"]);
        (_shop.Books.OnHand("a"), _shop.Books.OnHand("b")).ShouldBe((10, 20));
    }

    [Fact]
    public async Task Import_EndsWithThree_WhenTheShopIsGone_AndTheJournalResumes()
    {
        var journal = _scratch["journal"];
        _shop.Faults = static n => n > 4 ? Fault.DropBefore : Fault.None;
        var died = await ImportAsync($"--concurrency 1 --wait 300ms --resume {journal}");
        died.ExitCode.ShouldBe(ExitCode.Unreachable, died.ToString());
        died.Error.ShouldContain("does not answer");

        _shop.Faults = static _ => Fault.None;
        var run = await ImportAsync($"--concurrency 1 --resume {journal}");

        run.Output.ShouldContain("products done by the run before");
        _shop.Books.Effects.Distinct(StringComparer.Ordinal).Count().ShouldBe(_shop.Books.Effects.Count);
        (_shop.Books.OnHand("a"), _shop.Books.OnHand("b")).ShouldBe((10, 20));
    }

    [Fact]
    public async Task ChangedRows_AreDoneAgain_AndTheOthersAreNot()
    {
        var journal = _scratch["journal"];
        var file = _scratch.Write("prices.csv", "sku,name,price\na,One,1.00\nb,Two,2.00\n");
        await ToolRun.Of($"import {file} --server {_shop.Url} --key k --resume {journal}");
        _scratch.Write("prices.csv", "sku,name,price\na,One,1.00\nb,Two,2.50\nc,Three,3.00\n");

        var run = await ToolRun.Of($"import {file} --server {_shop.Url} --key k --resume {journal}");
        var again = await ToolRun.Of($"import {file} --server {_shop.Url} --key k --resume {journal}");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        run.Output.ShouldMatch(@"products created +1\n");
        run.Output.ShouldMatch(@"products updated +1\n");
        run.Output.ShouldMatch(@"products done by the run before +1\n");
        again.Output.ShouldMatch(@"products done by the run before +3\n");
        _shop.Books.Products["b"].GetProperty("variants")[0].GetProperty("prices")[0].GetProperty("amount").GetInt64().ShouldBe(250);
    }

    [Fact]
    public async Task EveryMemberOfARow_CountsAsAChange()
    {
        const string Columns = "externalId,sku,name,price,currency,description,category,stock,policy,backorderLimit,option.a,attribute.b\n";
        string[] row = ["P", "a", "One", "1.00", "GBP", "words", "Tea", "1", "backorder", "5", "x", "y"];
        var journal = _scratch["journal"];
        await ImportAsync(row);
        (await ImportAsync(row)).Output.ShouldContain("products done by the run before");
        for (var i = 2; i < row.Length; i++)
        {
            row[i] = row[i] switch { "1.00" => "2.00", "GBP" => "EUR", "1" => "2", "backorder" => "tracked", "5" => "6", var text => text + "2" };
            var run = await ImportAsync(row);
            run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
            run.Output.ShouldNotContain("products done by the run before", Case.Sensitive, $"member {i}");
        }

        (await ImportAsync(row, "--restore-archived")).Output.ShouldNotContain("products done by the run before");

        Task<ToolRun> ImportAsync(string[] cells, string option = "") => ToolRun.Of(
            $"import {_scratch.Write("row.csv", Columns + string.Join(',', cells) + "\n")} --server {_shop.Url} --key k --resume {journal} {option}");
    }

    [Fact]
    public async Task JournalWithoutDigests_IsRead()
    {
        var file = _scratch.Write("prices.csv", "sku,name,price\na,One,1.00\nb,Two,2.00\n");
        var journal = _scratch.Write("journal", $$"""{"work":"import","input":"prices.csv","server":"{{_shop.Url}}/"}""" + "\n" + """{"id":"a","outcome":"Created"}""" + "\n");

        var run = await ToolRun.Of($"import {file} --server {_shop.Url} --key k --resume {journal}");

        run.Output.ShouldMatch(@"products done by the run before +1\n", run.ToString());
        _shop.Books.Products.Keys.ShouldBe(["b"]);
    }

    [Fact]
    public async Task OpeningStock_IsNotGiven_WhenTheStockHasAHistory()
    {
        _shop.Books.Stock("a", 3);

        var run = await ImportAsync();

        _shop.Books.OnHand("a").ShouldBe(3);
        run.Output.ShouldContain("SKUs that already had stock (not changed)");
    }

    [Fact]
    public async Task StandardInput_MayBeGzip()
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("sku,name,price\nz,Zip,1\n"));
        }

        compressed.Position = 0;
        var run = await ToolRun.Of($"import - --format csv --server {_shop.Url} --key k", compressed);

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        _shop.Books.Products.Keys.ShouldBe(["z"]);
    }

    [Fact]
    public async Task RowWithHalfASurrogatePair_IsRefusedAlone()
    {
        var file = _scratch.Write("file.ndjson", """
            {"sku":"SU-1","name":"fine","price":"1.00"}
            {"sku":"SU-2","name":"\ud800","price":"1.00"}
            """);

        var run = await ToolRun.Of($"import {file} --server {_shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.Differences, run.ToString());
        run.Error.ShouldContain("line 2: a text of the line has half of a surrogate pair");
        _shop.Books.Products.Keys.ShouldBe(["SU-1"]);
    }

    [Fact]
    public async Task Product_IsCreatedAsArchived_WhenItIsNotForSale()
    {
        var file = _scratch.Write("uci.csv", "StockCode,Kind,ModalPriceMinor,Description\nPOST,carriage,1800,POSTAGE\n");

        await ToolRun.Of($"import {file} --server {_shop.Url} --key k");
        var again = await ToolRun.Of($"import {file} --server {_shop.Url} --key k");

        again.ExitCode.ShouldBe(ExitCode.Fine, again.ToString());
        _shop.Books.Products["POST"].GetProperty("archived").GetBoolean().ShouldBeTrue();
        _shop.Books.Effects.ShouldBe(["open POST", "product POST"]);
    }

    [Fact]
    public async Task Import_EndsWithTwo_WhenTheGzipIsDamaged()
    {
        using var damaged = new MemoryStream([0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]);

        (await ToolRun.Of($"import - --format csv --server {_shop.Url} --dry-run", damaged)).ExitCode.ShouldBe(ExitCode.BadInput);
    }

    [Fact]
    public async Task FileOfAnotherEncoding_IsRefusedAsAWhole()
    {
        await File.WriteAllBytesAsync(_scratch["latin.csv"], Encoding.Latin1.GetBytes("sku,name,price\na,Cup,1\nb,caf\u00E9,2\n"));

        var run = await ToolRun.Of($"import {_scratch["latin.csv"]} --server {_shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.TrimEnd().ShouldBe($"error: {_scratch["latin.csv"]}: line 3 is not UTF-8: give the encoding (--encoding windows-1252)");
        _shop.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task ExcelFile_IsRefused_ByItsName()
    {
        var run = await ToolRun.Of($"import {_scratch.Write("book.xlsx", "PK")} --server {_shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.ShouldContain("this is an Excel file: save it as CSV");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--dry-run", true)]
    [InlineData("--currency GBP", false)]
    public async Task AssumedCurrency_IsNoted_UnlessItIsStated(string options, bool isNoted)
    {
        var run = await ToolRun.Of($"import {_scratch.Write("prices.csv", "sku,name,price,stock\na,Cup,1,5\n")} --server {_shop.Url} --key k {options}");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        run.Error.Contains("note: prices name no currency; GBP is assumed (--currency)", StringComparison.Ordinal).ShouldBe(isNoted, run.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("--dry-run")]
    public async Task NewSkusWithoutStock_AreCounted(string options)
    {
        const string Rows = "sku,name,price,currency,stock,policy\na,One,1,GBP,,\nb,Two,1,GBP,0,tracked\nc,Three,1,GBP,5,\nd,Four,1,GBP,,untracked\n";

        var run = await ToolRun.Of($"import {_scratch.Write("new.csv", Rows)} --server {_shop.Url} --key k {options}");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        run.Error.TrimEnd().ShouldBe("note: 2 new SKUs have no stock and cannot be bought yet: add a column stock, or set the policy to untracked");
    }

    [Fact]
    public async Task MissingStock_IsGivenLater_WhereTheShopAnswersForTheProduct()
    {
        await ToolRun.Of($"import {_scratch.Write("new.csv", "sku,name,price\na,One,1\n")} --server {_shop.Url} --key k");
        _shop.Books.KnowsSkusOfProducts = true;

        var run = await ToolRun.Of($"import {_scratch.Write("stock.csv", "sku,stock\na,5\n")} --server {_shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        run.Error.ShouldBeEmpty();
        _shop.Books.OnHand("a").ShouldBe(5);
    }

    [Fact]
    public async Task RefusedRows_AreListed_EachOnce()
    {
        _shop.Books.Refuses = static product => product.GetProperty("name").GetString() is "Bad";
        const string Rows = "externalId,sku,name,price\nP,1,Bad,1\nQ,2,Good,1\nP,3,Bad,1\nP,4,Bad,1\nP,5,Bad,1\n";

        var run = await ToolRun.Of($"import {_scratch.Write("bad.csv", Rows)} --server {_shop.Url} --key k --currency GBP");

        run.Output.ShouldContain("5 rows = 1 products + 4 refused");
        run.Error.ShouldMatch(@"line 2: product: the shop says 400 .* \(with lines 4-6, of the same product\)\n");
    }

    [Theory]
    [InlineData("import - --format csv")]
    [InlineData("replay -")]
    public async Task MissingKey_IsNamed(string commandLine)
    {
        var run = await ToolRun.Of($"{commandLine} --server {_shop.Url}", new MemoryStream("sku,name,price\na,One,1\n"u8.ToArray()));

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.TrimEnd().ShouldBe("error: an API key is needed: --key or ACTORSHOP_KEY");
    }

    [Fact]
    public async Task KeyWithoutAScope_IsRefused_WithTheScope()
    {
        _shop.Refusal = static request => request.Contains("/admin/stock", StringComparison.Ordinal) ? (403, "scope_required", "The API key needs the scope 'inventory'.") : null;

        var run = await ImportAsync("--concurrency 1");

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.ShouldContain("403 scope_required: The API key needs the scope 'inventory'. (--key)");
        run.Error.ShouldNotContain("run it again");
    }

    [Fact]
    public async Task UnknownKey_IsRefused_InOneLine()
    {
        _shop.Refusal = static request => request.Contains("/v1/", StringComparison.Ordinal) ? (401, "unauthenticated", "Send a key.") : null;

        var run = await ImportAsync();

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.TrimEnd().ShouldBe($"error: {_shop.Url}/ does not know the key (--key or ACTORSHOP_KEY)");
    }

    private Task<ToolRun> ImportAsync(string options = "") =>
        ToolRun.Of($"import {_scratch.Write("catalogue.csv", Catalogue)} --server {_shop.Url} --key k {options}");
}
