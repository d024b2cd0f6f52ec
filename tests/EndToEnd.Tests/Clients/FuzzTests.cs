using System.Globalization;
using System.Net;
using ActorShop.Testing.Contracts;
using Xunit.Abstractions;

namespace ActorShop.EndToEnd.Clients;

/// <summary>
/// Goal: no request makes the API fail, and no answer is outside its document.
/// Method: random requests from the document against the shipped program, valid and spoilt. The seed and the number of requests are
/// ACTORSHOP_SEED and ACTORSHOP_REQUESTS.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public async Task RandomRequests_AreAnsweredAsDocumented()
    {
        await using var shop = await ShopProcess.StartAsync(("Api__MaxRequests", "1000000"));
        var document = new ApiDocument((await shop.Client.ReadAsync("/openapi/v1.json")).Text);
        var run = new FuzzRun(shop.Client, document, ShopProcess.AdminKey, Setting("ACTORSHOP_SEED", 1));
        await PrepareAsync(shop, document, run);

        await run.SendAsync(Setting("ACTORSHOP_REQUESTS", 5_000));

        output.WriteLine(string.Join(", ", run.Statuses.Select(static status => $"{status.Value} x {status.Key}")));
        run.Findings.ShouldBeEmpty();

        // An operation that wants the right ETag, or an order in the right state, may have no luck.
        document.Operations.Select(static operation => operation.Id).Except(run.Succeeded, StringComparer.Ordinal).Count()
            .ShouldBeLessThan(document.Operations.Count / 5, "Too few operations succeeded at least once.");
    }

    // Orders to capture, refund and cancel, which random requests would seldom get to place.
    private static async Task PrepareAsync(ShopProcess shop, ApiDocument document, FuzzRun run)
    {
        string Example(string operation) => document.Operations.Single(candidate => string.Equals(candidate.Id, operation, StringComparison.Ordinal)).BodyExample!.ToJsonString();
        for (var i = 0; i < 16; i++)
        {
            var cart = (await shop.SendAsync("POST", "/v1/carts", Example("createCart"))).Member("id");
            (await shop.SendAsync("PUT", $"/v1/carts/{cart}/items/MUG-ENA-BLU", Example("setCartItem"))).Status.ShouldBe(HttpStatusCode.OK);
            var order = (await shop.SendAsync("POST", $"/v1/carts/{cart}/checkout", Example("checkOutCart"), "prepare")).Member("id");
            if (i % 2 == 0)
            {
                (await shop.SendAsync("POST", $"/v1/admin/orders/{order}/capture", key: "prepare", asAdmin: true)).Status.ShouldBe(HttpStatusCode.OK);
            }

            run.Know("ord_", order);
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
