using System.Text.Json;
using ActorShop.Cli.Commands;
using ActorShop.Cli.Testing;

namespace ActorShop.Load;

public sealed class LoadCommandTests : IAsyncLifetime
{
    private ShopStub _shop = null!;

    public async Task InitializeAsync()
    {
        _shop = await ShopStub.StartAsync();
        _shop.Books.Stock("a b", 1);
        _shop.Books.Stock("c", 1);
    }

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    [Fact]
    public async Task Checkout_IsACart_TwoLines_ACheckout_AndTheOrder()
    {
        var run = await LoadAsync($"--server {_shop.Url} --mix checkout --clients 1 --count 3 --warm-up 0 --json");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        var result = JsonDocument.Parse(run.Output).RootElement;
        result.GetProperty("operations").EnumerateArray().ToDictionary(
            static row => row.GetProperty("operation").GetString()!, static row => row.GetProperty("count").GetInt32(),
            StringComparer.Ordinal)
            .ShouldBe([new("all", 15), new("add", 6), new("cart", 3), new("checkout", 3), new("order", 3)]);
        _shop.Requests.Count(static request => request.EndsWith("/checkout", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Theory]
    [InlineData("browse")]
    [InlineData("cart")]
    [InlineData("hot --skus c")]
    [InlineData("spread --skus b,c")]
    public async Task Mix_IsMeasuredAndPrinted(string mix)
    {
        var run = await LoadAsync($"--server {_shop.Url} --mix {mix} --clients 3 --count 12 --warm-up 0");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        run.Output.ShouldContain("p99");
    }

    [Theory]
    [InlineData(401, "note: the shop does not know the key (--key or ACTORSHOP_KEY)")]
    [InlineData(429, "note: the shop limits the requests of a caller: give a key with the scope import")]
    public async Task RefusedRequests_AreExplained(int status, string note)
    {
        _shop.Refusal = request => request.Contains("/v1/carts", StringComparison.Ordinal) ? (status, "refused", "No.") : null;

        var run = await LoadAsync($"--server {_shop.Url} --mix hot --skus c --clients 1 --count 3 --warm-up 0");

        run.ExitCode.ShouldBe(ExitCode.Differences, run.ToString());
        run.Error.ShouldContain(note);
    }

    [Fact]
    public async Task LongCart_ShowsTheTenthLineBesideTheThousandth()
    {
        var skus = string.Join(',', Enumerable.Range(1, 1000));

        var run = await LoadAsync($"--server {_shop.Url} --mix long --skus {skus} --clients 1 --count 1 --warm-up 0 --json");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        JsonDocument.Parse(run.Output).RootElement.GetProperty("operations").EnumerateArray()
            .Select(static row => (row.GetProperty("operation").GetString(), row.GetProperty("count").GetInt32()))
            .ShouldBe([
                ("all", 1041), ("add", 480), ("add, 1000th", 10), ("add, 1000th, minimal", 10), ("add, 10th", 10), ("add, 10th, minimal", 10),
                ("add, minimal", 480), ("cart", 1), ("read, 1000 lines", 20), ("set again, 1000 lines", 20),
            ]);
        (await LoadAsync($"--server {_shop.Url} --mix long --skus a,b")).ExitCode.ShouldBe(ExitCode.BadInput);
    }

    [Fact]
    public async Task Refusals_AndBrokenConnections_AreCounted_AndTheRunGoesOn()
    {
        _shop.Faults = static n => n == 1 ? Fault.DropBefore : n == 2 ? Fault.Busy : Fault.None;

        var run = await LoadAsync($"--server {_shop.Url} --mix hot --skus c --clients 1 --count 3 --warm-up 0");

        run.ExitCode.ShouldBe(ExitCode.Differences, run.ToString());
        run.Output.ShouldContain("cart: no answer  1");
        run.Output.ShouldContain("cart: 503");
        run.Output.ShouldContain("checkout  ");
    }

    [Fact]
    public void Percentiles_AreLatenciesThatOccurred()
    {
        var summary = LatencySummary.Of("x", [.. Enumerable.Range(1, 100).Reverse().Select(static i => (double)i)], TimeSpan.FromSeconds(2));

        (summary.P50, summary.P90, summary.P99, summary.Max, summary.PerSecond).ShouldBe((50, 90, 99, 100, 50));
    }

    // Port 9 of the loopback: no process listens there.
    [Theory]
    [InlineData("--server http://127.0.0.1:9", ExitCode.Unreachable)]
    [InlineData("--duration soon", ExitCode.BadInput)]
    [InlineData("--mix everything", ExitCode.BadInput)]
    public async Task WrongUsage_IsOneLineOfError(string commandLine, int exitCode)
    {
        var run = await LoadAsync(commandLine);

        run.ExitCode.ShouldBe(exitCode, run.ToString());
        run.Error.Trim().Split('\n').ShouldHaveSingleItem().ShouldStartWith("error: ");
    }

    [Fact]
    public async Task Cancelled_EndsWith130()
    {
        using var stop = new CancellationTokenSource();
        _shop.OnRequest = _ => stop.Cancel();

        var run = await LoadAsync($"--server {_shop.Url}", stop.Token);

        run.ExitCode.ShouldBe(ExitCode.Cancelled, run.ToString());
    }

    private static Task<ToolRun> LoadAsync(string commandLine, CancellationToken cancellationToken = default) => ToolRun.Of(
        static (arguments, context, ended) => Tool.RunAsync(LoadCommand.Create(context), arguments, context, ended), commandLine, cancellationToken: cancellationToken);
}
