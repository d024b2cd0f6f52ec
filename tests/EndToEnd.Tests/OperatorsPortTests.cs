using System.Net;

namespace ActorShop.EndToEnd;

/// <summary>Goal: a web page of another site cannot read the operators' port under a name of its own. Method: the shop as a process.</summary>
[Trait("Suite", "EndToEnd")]
public sealed class OperatorsPortTests
{
    [Fact]
    public async Task OperatorsPort_AnswersAllowedHostsOnly()
    {
        await using var shop = await ShopProcess.StartAsync(("Operators__AllowedHosts", "ops.example; other.example"), ("Dashboard__Enabled", "true"));

        foreach (var path in new[] { "/", "/health/live", "/health/details", "/dashboard/", "/missing" })
        {
            foreach (var host in new[] { "evil.example", "evil.example:8081", "localhost.evil.example", "127.0.0.1.evil.example", "xops.example" })
            {
                (await shop.OperatorsClient.StatusAsync(path, host)).ShouldBe(HttpStatusCode.BadRequest, $"{path} {host}");
            }
        }

        foreach (var host in new[] { "localhost", "LOCALHOST:8081", "127.0.0.1", "[::1]:8081", "10.0.0.7:8081", "ops.example", "other.example:8081" })
        {
            (await shop.OperatorsClient.StatusAsync("/health/live", host)).ShouldBe(HttpStatusCode.OK, host);
        }

        (await shop.Client.StatusAsync("/health/live", "shop.example")).ShouldBe(HttpStatusCode.OK);
    }
}
