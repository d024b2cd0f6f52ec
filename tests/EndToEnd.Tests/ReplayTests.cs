namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: a replayed history takes effect exactly once, also if both sides are killed again and again. Method: import and replay as an operator
/// runs them, against the shop in one process; the tool's own comparison (totals to the penny, every stock ledger, every refusal) judges.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class ReplayTests
{
    private const int Events = 600;

    [Fact]
    public async Task History_TakesEffectOnce_WhenShopAndToolAreKilled()
    {
        await using var shop = await ShopProcess.StartAsync();
        History.Write(shop.Folder, Events, seed: 20_101_201);
        await using (var import = ChildProcess.StartTool(shop, "import", "catalogue.csv"))
        {
            (await import.EndAsync()).ShouldBe(0, string.Join('\n', import.Output));
        }

        // The tool is killed after the shop has taken some events.
        await using (Replay(shop))
        {
            await Eventually.HoldsAsync(async () => await OrdersAsync(shop) > Events / 6);
        }

        // The shop is killed while the tool runs.
        await using var replay = Replay(shop);
        for (var kill = 2; kill <= 4; kill++)
        {
            var orders = Events * kill / 6;
            await Eventually.HoldsAsync(async () => await OrdersAsync(shop) > orders);
            await shop.KillAndRestartAsync();
        }

        var code = await replay.EndAsync();
        var output = string.Join('\n', replay.Output);
        code.ShouldBe(0, output);
        output.ShouldContain("No differences.");
        output.ShouldContain("Refusals and stock were compared with the history, in its order.");
    }

    private static ChildProcess Replay(ShopProcess shop) => ChildProcess.StartTool(
        shop, "replay", "events.jsonl", "--resume", "replay.journal", "--check-ledgers", "--concurrency", "16", "--wait", "2m");

    private static async Task<int> OrdersAsync(ShopProcess shop) =>
        (await shop.SendAsync("GET", "/v1/admin/reports/sales?by=month&currency=GBP", asAdmin: true)).Body.GetProperty("total").GetProperty("orders").GetInt32();
}
