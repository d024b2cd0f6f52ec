using ActorShop.Carts;

namespace ActorShop.Api;

/// <summary>Goal: an anonymous caller cannot take the external ids of a merchant's carts.</summary>
public sealed class CreateCartTests
{
    private const string WithId = """{"currency":"GBP","externalId":"basket-4711"}""";

    [Fact]
    public async Task ExternalId_NeedsAnApiKey()
    {
        await using var api = new TestApi();

        var refused = await api.SendAsync("POST", "/v1/carts", WithId, token: null);

        refused.ShouldBeProblem(403, "api_key_required");
        refused.Errors("pointer").ShouldBe(["/externalId"]);
        refused.Headers["WWW-Authenticate"].ShouldStartWith("Bearer");
        api.Grains.Calls.ShouldBeEmpty();

        (await api.SendAsync("POST", "/v1/carts", WithId)).Status.ShouldBe(201);
        (await api.SendAsync("POST", "/v1/carts", """{"currency":"GBP"}""", token: null)).Status.ShouldBe(201);
        api.Grains.Calls.Where(static call => call.Grain == typeof(ICartGrain)).Select(static call => call.Arguments[1]).ShouldBe(["basket-4711", null]);
    }
}
