namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: a history that is replayed while both sides are killed again and again has taken effect exactly once. Method: import and replay as an
/// operator runs them, against the shop in its own process; the tool's comparison (totals to the penny, every stock ledger, every refusal
/// against the history in its order) is the judge.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class ReplayTests
{
    private const int Events = 600;

    [Fact]
    public async Task History_ShopAndToolKilledWhileItRuns_TookEffectOnce()
    {
        await using var shop = await ShopProcess.StartAsync();
        var folder = shop.Folder;
        History.Write(folder, Events, seed: 20_101_201);
        (await RunAsync(shop, "import", "catalogue.csv")).ShouldEndWith("exit 0");

        // The tool dies after the shop has taken some.
        var first = Replay(shop);
        await shop.UntilAsync(async () => await OrdersAsync(shop) > Events / 6);
        first.Kill();
        await first.DisposeAsync();

        // The shop dies while the tool goes on.
        await using var second = Replay(shop);
        for (var kill = 2; kill <= 4; kill++)
        {
            await shop.UntilAsync(async () => await OrdersAsync(shop) > Events * kill / 6);
            await shop.KillAndRestartAsync();
        }

        var outcome = await second.EndAsync();
        outcome.ShouldEndWith("exit 0");
        outcome.ShouldContain("No differences.");
        outcome.ShouldContain("Refusals and stock were held against the history in its order.");
    }

    private static ToolProcess Replay(ShopProcess shop) => ToolProcess.Start(
        shop.Folder, shop.Public, "replay", "events.jsonl", "--resume", "replay.journal", "--check-ledgers", "--concurrency", "16", "--wait", "2m");

    private static async Task<string> RunAsync(ShopProcess shop, params string[] arguments)
    {
        await using var tool = ToolProcess.Start(shop.Folder, shop.Public, arguments);
        return await tool.EndAsync();
    }

    private static async Task<int> OrdersAsync(ShopProcess shop)
    {
        var (_, body, response) = await shop.SendAsync("GET", "/v1/admin/reports/sales?by=month&currency=GBP", asAdmin: true);
        response.Dispose();
        return body.GetProperty("total").GetProperty("orders").GetInt32();
    }
}
