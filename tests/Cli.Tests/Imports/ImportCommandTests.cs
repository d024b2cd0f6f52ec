using System.IO.Compression;
using System.Text;
using ActorShop.Cli.Testing;

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
        run.Error.ShouldContain("line 5: name is missing");
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
    public async Task DryRun_SendsNoRequest()
    {
        var run = await ImportAsync("--dry-run");

        run.Output.ShouldContain("4 rows = 3 products + 1 refused");
        _shop.Requests.ShouldBeEmpty();
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
        _shop.Books.Effects.ShouldBe(["product a", "adjust opening:a", "product b", "adjust opening:b", "product c"]);
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
    public async Task OpeningStock_IsNotGiven_WhenTheStockHasAHistory()
    {
        _shop.Books.Stock("a", 3);

        var run = await ImportAsync();

        _shop.Books.OnHand("a").ShouldBe(3);
        run.Output.ShouldContain("left alone");
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
    public async Task Product_IsArchivedOnce_WhenItIsNotForSale()
    {
        var file = _scratch.Write("uci.csv", "StockCode,Kind,ModalPriceMinor,Description\nPOST,carriage,1800,POSTAGE\n");

        await ToolRun.Of($"import {file} --server {_shop.Url} --key k");
        var again = await ToolRun.Of($"import {file} --server {_shop.Url} --key k");

        again.ExitCode.ShouldBe(ExitCode.Fine, again.ToString());
        _shop.Books.Archived.ShouldBe(["prod_POST"]);
        _shop.Requests.Count(static request => request.StartsWith("DELETE", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Import_EndsWithTwo_WhenTheGzipIsDamaged()
    {
        using var damaged = new MemoryStream([0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]);

        (await ToolRun.Of($"import - --format csv --server {_shop.Url} --dry-run", damaged)).ExitCode.ShouldBe(ExitCode.BadInput);
    }

    private Task<ToolRun> ImportAsync(string options = "") =>
        ToolRun.Of($"import {_scratch.Write("catalogue.csv", Catalogue)} --server {_shop.Url} --key k {options}");
}
