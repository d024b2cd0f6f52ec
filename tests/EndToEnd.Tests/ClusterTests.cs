using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorShop.Chaos.Clusters;
using ActorShop.Cluster;
using ActorShop.Storage.Migrations;
using Npgsql;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: several silos and APIs are one shop, which goes on when some of them do not. Method: three silos and two APIs as processes on a PostgreSQL
/// of their own, spoken to over HTTP; silos are killed and stopped while customers buy.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class ClusterTests : IClassFixture<ClusterFixture>, IDisposable
{
    private const int Stock = 100_000;

    private static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly LocalCluster _cluster;
    private readonly HttpClient _one;
    private readonly HttpClient _other;

    public ClusterTests(ClusterFixture fixture)
    {
        _cluster = fixture.Cluster;
        (_one, _other) = (Client("api-1"), Client("api-2"));
    }

    [ClusterFact]
    public async Task Order_BoughtThroughOneApi_IsReadThroughTheOther()
    {
        await StockUpAsync();

        var (order, failure) = await Customers.BuyOneAsync(_one);

        failure.ShouldBeNull();
        var here = await Customers.SendAsync(_one, HttpMethod.Get, $"/v1/orders/{order}");
        var there = await Customers.SendAsync(_other, HttpMethod.Get, $"/v1/orders/{order}");
        (there.Status, there.Body.GetRawText()).ShouldBe((HttpStatusCode.OK, here.Body.GetRawText()));
        there.Body.GetProperty("status").GetString().ShouldBe("confirmed");
    }

    [ClusterFact]
    public async Task ProductChangedThroughOneApi_IsSeenThroughTheOther_LongBeforeItsCacheExpires()
    {
        var product = await ProductAsync("STREAM-MUG");
        var seen = new List<TimeSpan>();
        for (var change = 0; change < 10; change++)
        {
            seen.Add(await StalenessAsync(product, "STREAM-MUG"));
        }

        // Events can be lost; most are not.
        seen.Order().ElementAt(seen.Count / 2).ShouldBeLessThan(CacheLifetime / 2, string.Join(", ", seen));
    }

    [ClusterFact]
    public async Task Api_WhoseSubscriptionToTheCatalogueIsLost_SubscribesAgain()
    {
        var product = await ProductAsync("STREAM-CUP");
        await using (var client = await ConnectAsync())
        {
            (await client.RemoveCatalogueSubscriptionsAsync()).ShouldBeGreaterThan(1);
        }

        var staleness = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 6 && staleness > CacheLifetime / 2; attempt++)
        {
            staleness = await StalenessAsync(product, "STREAM-CUP");
        }

        staleness.ShouldBeLessThan(CacheLifetime / 2);
    }

    [ClusterFact]
    public async Task Apis_AreMembers_AndHostNoGrain_AndTheSilosShareTheCarts()
    {
        await StockUpAsync();
        for (var cart = 0; cart < 90; cart++)
        {
            (await Customers.SendAsync(cart % 2 == 0 ? _one : _other, HttpMethod.Post, "/v1/carts", """{"currency":"GBP"}""")).Status.ShouldBe(HttpStatusCode.Created);
        }

        // A list is answered by a stateless worker, which Orleans places where it is called if it can.
        (await Customers.SendAsync(_one, HttpMethod.Get, "/v1/products")).Status.ShouldBe(HttpStatusCode.OK);
        await using var client = await ConnectAsync();
        var rows = (await client.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
            .Where(static row => row.GrainType.StartsWith("ActorShop", StringComparison.Ordinal))
            .ToArray();

        var silos = _cluster.State.Members.Where(static member => member.Role is MemberRole.Silo).Select(static member => member.Address).Order(StringComparer.Ordinal);
        rows.Select(static row => row.SiloAddress.Endpoint.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(silos);
        var carts = rows.Where(static row => row.GrainType.Contains("CartGrain", StringComparison.Ordinal)).Select(static row => row.ActivationCount).ToArray();
        carts.Length.ShouldBe(3);

        // A share of 30 or more, with a standard deviation of 5.
        carts.Min().ShouldBeGreaterThan(5, string.Join(' ', carts));
    }

    [ClusterFact]
    public async Task SiloKilledWhileCustomersBuy_OthersTakeOver_AndEveryAcknowledgedOrderIsThere()
    {
        await StockUpAsync();
        await using var customers = new Customers(8, _one, _other);
        await customers.UntilMoreAsync(30);

        await _cluster.KillAsync("silo-2");
        await customers.UntilMoreAsync(30);
        await customers.StopAsync();

        foreach (var order in customers.Orders)
        {
            (await ReadAsync(order)).GetProperty("status").GetString().ShouldBe("confirmed", order);
        }

        await MendAsync("silo-2");
    }

    [ClusterFact]
    public async Task SiloThatLeavesInOrder_FailsNoRequestForGood()
    {
        await StockUpAsync();
        await using var customers = new Customers(8, _one, _other);
        await customers.UntilMoreAsync(30);

        (await _cluster.StopAsync("silo-3", Patience)).ShouldBeTrue();
        await customers.UntilMoreAsync(30);
        await customers.StopAsync();

        customers.Failures.Take(3).ShouldBeEmpty();
        await MendAsync("silo-3");
    }

    [ClusterFact]
    public async Task SilosRestartedOneAfterTheOther_FailNoRequestForGood()
    {
        await StockUpAsync();
        await using var customers = new Customers(8, _one, _other);
        await customers.UntilMoreAsync(30);

        foreach (var silo in new[] { "silo-1", "silo-2", "silo-3" })
        {
            (await _cluster.StopAsync(silo, Patience)).ShouldBeTrue();
            await customers.UntilMoreAsync(10);
            await MendAsync(silo);
            await customers.UntilMoreAsync(10);
        }

        await customers.StopAsync();
        customers.Failures.Take(3).ShouldBeEmpty();
    }

    [ClusterFact]
    public async Task Api_OfAnotherCluster_IsRefusedByTheDatabaseThatThisOneUses()
    {
        var (code, error) = await HostRun.OfAsync(_cluster, MemberRole.Api, ("Cluster__ClusterId", "elsewhere"));

        code.ShouldBe(2, error);
        error.ShouldStartWith($"error: The database is used by the cluster \"{_cluster.State.ClusterId}\", and this is \"elsewhere\"");
        (await Customers.BuyOneAsync(_one)).Failure.ShouldBeNull();
    }

    [ClusterFact]
    public async Task ExternalClient_OfAnotherCluster_SaysThatNoSiloAnswers()
    {
        var (code, error) = await HostRun.OfAsync(
            _cluster, MemberRole.Api, ("Cluster__Role", "Client"), ("Cluster__ClusterId", "elsewhere"), ("Cluster__StartPatience", "00:00:02"));

        code.ShouldBe(2, error);
        error.ShouldStartWith("error: No silo of the cluster \"elsewhere\" answers");
    }

    [ClusterFact]
    public async Task Silo_OfAnotherService_IsRefusedByTheDatabase()
    {
        var (code, error) = await HostRun.OfAsync(_cluster, MemberRole.Silo, ("Cluster__ServiceId", "another"));

        code.ShouldBe(2, error);
        error.ShouldStartWith("error: The database belongs to the service \"actorshop\"");
    }

    [ClusterFact]
    public async Task Silo_OfAnotherCluster_IsRefusedByTheDatabaseThatThisOneUses()
    {
        var (code, error) = await HostRun.OfAsync(_cluster, MemberRole.Silo, ("Cluster__ClusterId", "elsewhere"));

        code.ShouldBe(2, error);
        error.ShouldStartWith($"error: The database is used by the cluster \"{_cluster.State.ClusterId}\", and this is \"elsewhere\"");
        (await Customers.BuyOneAsync(_one)).Failure.ShouldBeNull();
    }

    [ClusterTheory]
    [InlineData("SiloEndpoint")]
    [InlineData("GatewayEndpoint")]
    public async Task Silo_WhosePortIsTaken_SaysWhich_AndWhoHasItGoesOn(string setting)
    {
        var owner = _cluster.State.Member("silo-1");
        var taken = setting is "SiloEndpoint" ? owner.Address : owner.Gateway!;

        var (code, error) = await HostRun.OfAsync(_cluster, MemberRole.Silo, ($"Cluster__{setting}", taken));

        code.ShouldBe(2, error);
        error.ShouldStartWith($"error: The silo cannot listen at {taken} (Cluster:{setting})");
        (await Customers.BuyOneAsync(_one)).Failure.ShouldBeNull();
        _cluster.State.Member("silo-1").ShouldBe(owner);
        owner.Condition.ShouldBe(ProcessCondition.Running);
    }

    [ClusterTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hosts_RefuseADatabaseOfANewerProgram(bool isSilo)
    {
        var connection = await DatabaseAsync($"newer_{(isSilo ? "silo" : "api")}", "insert into schema_migrations (number, name, checksum) values (9999, 'future', 'x')");

        var (code, error) = await HostRun.OfAsync(_cluster, isSilo ? MemberRole.Silo : MemberRole.Api, ("Cluster__ConnectionString", connection));

        code.ShouldBe(2, error);
        error.ShouldContain("it is newer");
    }

    [ClusterFact]
    public async Task Silo_WithoutADatabase_WaitsAndThenSaysSo()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(_cluster.State.Database.ConnectionString) { Port = 9 }.ConnectionString;

        var (code, error) = await HostRun.OfAsync(
            _cluster, MemberRole.Silo, ("Cluster__ConnectionString", nowhere), ("Cluster__StartPatience", "00:00:01"));

        code.ShouldBe(3, error);
        error.ShouldStartWith("error: ");
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    private static async Task<JsonElement> WriteProductAsync(HttpClient api, HttpMethod method, string path, string sku, string name)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent(
            $$$"""{"name":"{{{name}}}","variants":[{"sku":"{{{sku}}}","price":{"amount":500,"currency":"GBP"}}]}""", Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "dev-admin-key");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        if (method == HttpMethod.Put)
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        using var response = await api.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<string> ProductAsync(string sku) =>
        (await WriteProductAsync(_one, HttpMethod.Post, "/v1/admin/products", sku, "Mug")).GetProperty("id").GetString()!;

    // Renames a product through one API and reads it through the other, which has the old answer in its cache, until it shows the new name.
    private async Task<TimeSpan> StalenessAsync(string product, string sku)
    {
        var (path, name) = ($"/v1/products/{product}", $"Mug {Guid.NewGuid()}");
        (await Customers.SendAsync(_other, HttpMethod.Get, path)).Status.ShouldBe(HttpStatusCode.OK);
        await WriteProductAsync(_one, HttpMethod.Put, path.Replace("/v1", "/v1/admin", StringComparison.Ordinal), sku, name);
        var watch = Stopwatch.StartNew();
        while (!string.Equals((await Customers.SendAsync(_other, HttpMethod.Get, path)).Body.GetProperty("name").GetString(), name, StringComparison.Ordinal))
        {
            watch.Elapsed.ShouldBeLessThan(2 * CacheLifetime, "The lifetime of the cache bounds how old an answer is.");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        return watch.Elapsed;
    }

    private Task<OrleansClient> ConnectAsync() => OrleansClient.ConnectAsync(
        IPEndPoint.Parse(_cluster.State.Member("silo-1").Gateway!), _cluster.State.ClusterId, _cluster.State.ServiceId);

    private HttpClient Client(string api) => new()
    {
        BaseAddress = ClusterFixture.Absent is null ? new Uri($"http://{_cluster.State.Member(api).Address}") : null,
        Timeout = TimeSpan.FromSeconds(60),
    };

    private Task StockUpAsync() => Customers.StockUpAsync(_one, Stock);

    // Until the cluster has given a lost silo up, its grains cannot be asked.
    private async Task<JsonElement> ReadAsync(string order)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var (status, body) = await Customers.SendAsync(_other, HttpMethod.Get, $"/v1/orders/{order}");
            if (status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout) || limit.IsCancellationRequested)
            {
                status.ShouldBe(HttpStatusCode.OK, $"{order}: {body}");
                return body;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private async Task MendAsync(string silo)
    {
        await _cluster.RestartAsync(silo);
        await _cluster.WaitUntilReadyAsync(silo, Patience);
    }

    private async Task<string> DatabaseAsync(string name, string statement)
    {
        var connection = new NpgsqlConnectionStringBuilder(_cluster.State.Database.ConnectionString);
        await using (var server = NpgsqlDataSource.Create(connection))
        await using (var create = server.CreateCommand($"create database {name}"))
        {
            await create.ExecuteNonQueryAsync();
        }

        connection.Database = name;
        await using var source = NpgsqlDataSource.Create(connection);
        await new SchemaMigrator(source).MigrateAsync();
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
        return connection.ConnectionString;
    }
}
