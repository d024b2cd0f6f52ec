using ActorShop.Inventory;
using Microsoft.Extensions.Hosting;

namespace ActorShop.Api;

/// <summary>
/// Goal: the API refuses requests beyond its limit at once, and serves again when there is room.
/// Method: two requests wait in a grain, which is the limit.
/// </summary>
public sealed class LoadSheddingTests
{
    [Fact]
    public async Task RequestBeyondTheLimit_IsRefusedAtOnce_UntilAnotherEnds()
    {
        await using var api = new TestApi(Environments.Production, adjust: static builder => builder.Configuration["Api:MaxRequests"] = "2");
        var answers = new[] { new TaskCompletionSource<StockLevel>(), new TaskCompletionSource<StockLevel>() };
        var entered = new SemaphoreSlim(0);
        var calls = 0;
        api.Grains.On<IStockGrain>("GetAsync", _ =>
        {
            var answer = answers[calls++].Task;
            entered.Release();
            return answer;
        });
        var running = new[] { GetAsync(api), GetAsync(api) };
        await entered.WaitAsync();
        await entered.WaitAsync();

        foreach (var path in new[] { "/v1/stock/A", "/V1/products", "/v1/nothing" })
        {
            var refused = await api.SendAsync("GET", path, token: null);
            refused.ShouldBeProblem(503, "unavailable");
            refused.Headers["Retry-After"].ShouldBe("1");
        }

        (await api.SendAsync("GET", "/health/live", token: null)).Status.ShouldBe(200);
        calls.ShouldBe(2);

        answers[0].SetResult(Samples.Make<StockLevel>());
        (await await Task.WhenAny(running)).Status.ShouldBe(200);
        (await api.SendAsync("GET", "/v1/categories", token: null)).Status.ShouldBe(200);

        answers[1].SetResult(Samples.Make<StockLevel>());
        (await Task.WhenAll(running)).ShouldAllBe(static reply => reply.Status == 200);
    }

    private static Task<Reply> GetAsync(TestApi api) => api.SendAsync("GET", "/v1/stock/A", token: null);
}
