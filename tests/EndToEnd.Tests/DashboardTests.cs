using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ActorShop.EndToEnd;

/// <summary>Goal: only operators see the dashboard. Method: the shop as processes, with and without the dashboard and a key.</summary>
[Trait("Suite", "EndToEnd")]
public sealed class DashboardTests
{
    private const string Counters = "/dashboard/DashboardCounters";

    [Fact]
    public async Task Dashboard_IsOffByDefault_InProduction()
    {
        await using var shop = await ShopProcess.StartAsync();

        (await shop.OperatorsClient.ReadAsync("/dashboard", Http.Bearer(ShopProcess.AdminKey))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await shop.OperatorsClient.ReadAsync(Counters, Http.Bearer(ShopProcess.AdminKey))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Dashboard_IsForOperatorsOnly_WhenItIsOn()
    {
        await using var shop = await ShopProcess.StartAsync([("Dashboard__Enabled", "true"), .. ShopProcess.KeySettings(1, "reader-key", "reports")]);

        AuthenticationHeaderValue?[] refused = [null, Http.Bearer("wrong"), Http.Bearer("reader-key"), Basic("wrong"), new("Basic", "!"), new("Negotiate", ShopProcess.AdminKey)];
        foreach (var path in new[] { "/dashboard", "/dashboard/", "/DASHBOARD/", Counters, "/dashboard/ClusterStats", "/dashboard/Trace" })
        {
            foreach (var credentials in refused)
            {
                (await shop.OperatorsClient.ReadAsync(path, credentials)).Status.ShouldBe(HttpStatusCode.Unauthorized, $"{path} {credentials}");
            }
        }

        var page = await shop.OperatorsClient.ReadAsync("/dashboard/", Basic(ShopProcess.AdminKey));
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("<html", Case.Insensitive);
        var counters = await shop.OperatorsClient.ReadAsync(Counters, Http.Bearer(ShopProcess.AdminKey));
        counters.Status.ShouldBe(HttpStatusCode.OK);
        await Eventually.HoldsAsync(async () =>
            (await shop.OperatorsClient.ReadAsync(Counters, Http.Bearer(ShopProcess.AdminKey))).Body.GetProperty("hosts").GetArrayLength() == 1);

        (await shop.Client.ReadAsync("/dashboard/", Basic(ShopProcess.AdminKey))).Status.ShouldNotBe(HttpStatusCode.OK);
        (await shop.Client.ReadAsync("/dashboard/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [PostgresFact]
    public async Task Dashboard_IsOnTheOperatorsPorts_OfSilosAndApis()
    {
        await using var cluster = await TestCluster.StartAsync(
            silos: 1, apis: 1, network: null, [("Dashboard__Enabled", "true"), .. ShopProcess.KeySettings(0, "operators-key", "admin")]);

        foreach (var member in new[] { "silo-1", "api-1" })
        {
            using var operators = Http.Client(cluster.Cluster.State.Member(member).Operators!);
            (await operators.ReadAsync(Counters)).Status.ShouldBe(HttpStatusCode.Unauthorized, member);
            var counters = await operators.ReadAsync(Counters, Http.Bearer("operators-key"));
            counters.Status.ShouldBe(HttpStatusCode.OK, $"{member} {counters.Text}");

            // The dashboard reads the members at intervals, so a new one shows none yet.
            await Eventually.HoldsAsync(async () =>
                (await operators.ReadAsync(Counters, Http.Bearer("operators-key"))).Body.GetProperty("hosts").GetArrayLength() > 0, () => member);
        }
    }

    private static AuthenticationHeaderValue Basic(string key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"operator:{key}")));
}
