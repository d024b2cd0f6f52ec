using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActorShop.Storage;
using ActorShop.Storage.Postgres;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace ActorShop.Rival;

/// <summary>Goal: what the shop is measured against keeps the promises that cost time, so that it is no cheat.</summary>
/// <remarks>Method: the service itself on a database of its own, asked over HTTP by many at once.</remarks>
[NeedsPostgres]
public sealed class RivalShopTests : IAsyncLifetime
{
    private const string Details =
        """
        {"email":"ada@example.org","shippingAddress":{"name":"Ada","line1":"1 High Street","city":"London","postalCode":"N1","country":"GB"},"payment":{"token":"tok_ok"}}
        """;

    private static readonly HttpClient Http = new();

    private WebApplication _shop = null!;
    private string _database = null!;

    public async Task InitializeAsync()
    {
        _database = await TestServer.NewEmptyDatabaseAsync();
        _shop = await RivalShop.BuildAsync(_database, "http://127.0.0.1:0", skus: 3, units: 1);
        await _shop.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }
    }

    [ContractFact]
    public async Task LastUnit_IsSoldOnce_To200ConcurrentBuyers()
    {
        var carts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => CartAsync("BENCH-1")));

        var answers = await Task.WhenAll(carts.Select(cart => CheckoutAsync(cart, "key")));

        answers.Count(static answer => answer.Status is HttpStatusCode.Created).ShouldBe(1);
        answers.Count(static answer => answer.Status is HttpStatusCode.UnprocessableEntity).ShouldBe(199);
        (await ScalarAsync("select on_hand from stock where sku = 'BENCH-1'")).ShouldBe(0);
        (await ScalarAsync("select count(*) from orders")).ShouldBe(1L);
        (await ScalarAsync("select sum(delta) from stock_ledger where sku = 'BENCH-1'")).ShouldBe(0L);
    }

    [ContractFact]
    public async Task Key_UsedConcurrentlyAndAgain_IsOneOrderAndOneAnswer()
    {
        var cart = await CartAsync("BENCH-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CheckoutAsync(cart, "key")));
        var again = await CheckoutAsync(cart, "key");

        answers.ShouldAllBe(answer => answer == again);
        again.Status.ShouldBe(HttpStatusCode.Created);
        (await ScalarAsync("select count(*) from orders")).ShouldBe(1L);
    }

    [ContractFact]
    public async Task Key_WithAnotherBody_IsRefused()
    {
        var cart = await CartAsync("BENCH-1");
        await CheckoutAsync(cart, "key");

        var answer = await CheckoutAsync(cart, "key", Details.Replace("Ada", "Eve", StringComparison.Ordinal));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Body.ShouldContain("idempotency_key_reused");
    }

    [ContractFact]
    public async Task Refusal_IsKeptUnderItsKey_AndTakesNothing()
    {
        await CheckoutAsync(await CartAsync("BENCH-2"), "first");
        var cart = await CartAsync("BENCH-1", "BENCH-2");

        var refused = await CheckoutAsync(cart, "key");
        await ScalarAsync("update stock set on_hand = 1 where sku = 'BENCH-2' returning 1");
        var again = await CheckoutAsync(cart, "key");

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.ShouldBe(refused);
        (await ScalarAsync("select on_hand from stock where sku = 'BENCH-1'")).ShouldBe(1);
    }

    [ContractFact]
    public async Task CartsWithTheSameSkusInAnotherOrder_DoNotDeadlock()
    {
        await ScalarAsync("with filled as (update stock set on_hand = 1000) select 1");
        var carts = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            n => n % 2 == 0 ? CartAsync("BENCH-1", "BENCH-2", "BENCH-3") : CartAsync("BENCH-3", "BENCH-2", "BENCH-1")));

        var answers = await Task.WhenAll(carts.Select(cart => CheckoutAsync(cart, "key")));

        answers.ShouldAllBe(static answer => answer.Status == HttpStatusCode.Created);
        (await ScalarAsync("select sum(on_hand) from stock")).ShouldBe(2_700L);
        (await ScalarAsync("select count(*) from order_lines")).ShouldBe(300L);
    }

    private async Task<string> CartAsync(params string[] skus)
    {
        using var made = await Http.PostAsJsonAsync(At("/v1/carts"), new { currency = "GBP" });
        var cart = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        foreach (var sku in skus)
        {
            using var put = await Http.PutAsJsonAsync(At($"/v1/carts/{cart}/items/{sku}"), new { quantity = 1 });
            put.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        return cart;
    }

    private async Task<Reply> CheckoutAsync(string cart, string key, string details = Details)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At($"/v1/carts/{cart}/checkout")) { Content = new StringContent(details) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await Http.SendAsync(request);
        return new(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Uri At(string path) => new(new Uri(_shop.Urls.Single()), path);

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private sealed record Reply(HttpStatusCode Status, string Body);
}
