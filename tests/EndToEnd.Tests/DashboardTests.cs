using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: only operators see the dashboard. Method: the shop as a process, with and without the dashboard, asked with and without a key.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class DashboardTests
{
    [Fact]
    public async Task Dashboard_IsOffByDefaultInProduction()
    {
        await using var shop = await ShopProcess.StartAsync();

        (await GetAsync(shop.Operators, "/dashboard", Bearer(ShopProcess.AdminKey))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(shop.Operators, "/dashboard/DashboardCounters", Bearer(ShopProcess.AdminKey))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Dashboard_ThatIsOn_IsForOperatorsOnly()
    {
        await using var shop = await ShopProcess.StartAsync(
            ("Dashboard__Enabled", "true"),
            ("Access__Keys__1__Name", "reader"),
            ("Access__Keys__1__Sha256", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("reader-key"u8))),
            ("Access__Keys__1__Scopes__0", "reports"));

        foreach (var path in new[] { "/dashboard", "/dashboard/", "/DASHBOARD/", "/dashboard/DashboardCounters", "/dashboard/ClusterStats", "/dashboard/Trace" })
        {
            foreach (var credentials in new[] { null, Bearer("wrong"), Bearer("reader-key"), Basic("wrong"), new("Basic", "!"), new("Negotiate", ShopProcess.AdminKey) })
            {
                (await GetAsync(shop.Operators, path, credentials)).Status.ShouldBe(HttpStatusCode.Unauthorized, $"{path} {credentials}");
            }
        }

        var page = await GetAsync(shop.Operators, "/dashboard/", Basic(ShopProcess.AdminKey));
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldContain("<html", Case.Insensitive);
        var counters = await GetAsync(shop.Operators, "/dashboard/DashboardCounters", Bearer(ShopProcess.AdminKey));
        counters.Status.ShouldBe(HttpStatusCode.OK);
        JsonDocument.Parse(counters.Body).RootElement.GetProperty("hosts").GetArrayLength().ShouldBe(1);

        (await GetAsync(shop.Public, "/dashboard/", Basic(ShopProcess.AdminKey))).Status.ShouldNotBe(HttpStatusCode.OK);
        (await GetAsync(shop.Public, "/dashboard/", credentials: null)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [ClusterFact]
    public async Task Dashboard_OfACluster_IsOnTheOperatorsPortsOfSilosAndApis()
    {
        var folder = Directory.CreateTempSubdirectory("actorshop-cluster-");
        using var cluster = await LocalCluster.StartAsync(
            folder.FullName,
            new ClusterPlan(Silos: 1, Apis: 1, HostPrograms.Find(folder: null))
            {
                Patience = TimeSpan.FromSeconds(90),
                Settings = ClusterFixture.Settings
                    .SetItem("Dashboard__Enabled", "true")
                    .SetItem("Access__Keys__0__Name", "operator")
                    .SetItem("Access__Keys__0__Sha256", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("operators-key"u8)))
                    .SetItem("Access__Keys__0__Scopes__0", "admin"),
            },
            TimeProvider.System,
            static _ => { },
            CancellationToken.None);
        try
        {
            foreach (var member in new[] { "silo-1", "api-1" })
            {
                var port = new Uri($"http://{cluster.State.Member(member).Operators}");
                (await GetAsync(port, "/dashboard/DashboardCounters", credentials: null)).Status.ShouldBe(HttpStatusCode.Unauthorized, member);
                var counters = await GetAsync(port, "/dashboard/DashboardCounters", Bearer("operators-key"));
                counters.Status.ShouldBe(HttpStatusCode.OK, $"{member} {counters.Body}");
                JsonDocument.Parse(counters.Body).RootElement.GetProperty("hosts").GetArrayLength().ShouldBeGreaterThan(0, member);
            }
        }
        finally
        {
            await cluster.StopAllAsync(TimeSpan.FromSeconds(30));
            folder.Delete(recursive: true);
        }
    }

    private static AuthenticationHeaderValue Bearer(string key) => new("Bearer", key);

    private static AuthenticationHeaderValue Basic(string key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"operator:{key}")));

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(Uri port, string path, AuthenticationHeaderValue? credentials)
    {
        using var http = new HttpClient { BaseAddress = port };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = credentials;
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
