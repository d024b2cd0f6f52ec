using System.Text;
using ActorShop.Cli.Testing;

namespace ActorShop.Cli.Tests.Commands;

public sealed class ToolTests
{
    [Theory]
    [InlineData("")]
    [InlineData("sell")]
    [InlineData("import")]
    [InlineData("import x.csv --concurrency 0")]
    [InlineData("import x.csv --concurrency many")]
    [InlineData("import x.csv --map mine")]
    [InlineData("import x.csv --server ftp://x")]
    [InlineData("import x.csv --stock-factor -1")]
    [InlineData("import x.csv --currency pounds")]
    [InlineData("import nowhere.csv --dry-run")]
    [InlineData("replay nowhere.jsonl")]
    [InlineData("replay x --speed fast")]
    public async Task WrongUsage_PrintsOneLine_AndEndsWithTwo(string commandLine)
    {
        var run = await ToolRun.Of(commandLine);

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.Trim().Split('\n').ShouldHaveSingleItem().ShouldStartWith("error: ");
        run.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("import --help")]
    [InlineData("replay --help")]
    public async Task Help_NamesTheExitCodes(string commandLine)
    {
        var run = await ToolRun.Of(commandLine);

        run.ExitCode.ShouldBe(ExitCode.Fine);
        run.Output.ShouldContain(ExitCode.Description);
    }

    [Theory]
    [InlineData("import --help", "An API key with the scopes catalog and inventory.")]
    [InlineData("replay --help", "An API key with the scopes orders, inventory and reports.")]
    public async Task Help_NamesTheScopes(string commandLine, string scopes) =>
        string.Join(' ', (await ToolRun.Of(commandLine)).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldContain(scopes);

    // Nothing listens on port 9 of the loopback interface.
    [Theory]
    [InlineData("import - --format csv", "sku,name,price\nA,A,1.00\n")]
    [InlineData("replay -", "")]
    public async Task AbsentServer_EndsWithThree_AtOnce(string commandLine, string input)
    {
        var run = await ToolRun.Of($"{commandLine} --server http://127.0.0.1:9", new MemoryStream(Encoding.UTF8.GetBytes(input)));

        run.ExitCode.ShouldBe(ExitCode.Unreachable, run.ToString());
        run.Error.ShouldStartWith("error: http://127.0.0.1:9/ does not answer");
    }

    [Fact]
    public async Task Cancelled_EndsWith130()
    {
        using var stop = new CancellationTokenSource();
        await using var shop = await ShopStub.StartAsync();
        shop.OnRequest = _ => stop.Cancel();

        var run = await ToolRun.Of(
            $"import - --format csv --server {shop.Url} --key k", new MemoryStream("sku,name,price,currency\nA,A,1.00,GBP\n"u8.ToArray()), stop.Token);

        run.ExitCode.ShouldBe(ExitCode.Cancelled, run.ToString());
    }
}
