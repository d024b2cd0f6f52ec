using System.Diagnostics;
using System.Net;
using ActorShop.Chaos.Clusters;
using ActorShop.Cluster;
using ActorShop.Storage.Migrations;
using Npgsql;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: several silos and APIs are one shop, also while some of them are lost. Method: three silos and two APIs as processes on a PostgreSQL of
/// their own, over HTTP; silos are killed and stopped while customers buy.
/// </summary>
[Trait("Suite", "EndToEnd"), Collection(QuietCollection.Name)]
public sealed class ClusterTests : IClassFixture<ClusterFixture>, IDisposable
{
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(1);

    // The stream takes a quarter of a second. Without it, a product that was just read is cached for nearly all of the lifetime.
    private static readonly TimeSpan ToldByTheStream = 0.7 * CacheLifetime;

    private readonly TestCluster _cluster;
    private readonly HttpClient _one;
    private readonly HttpClient _other;

    public ClusterTests(ClusterFixture fixture)
    {
        _cluster = fixture.Cluster;
        (_one, _other) = PostgresPrograms.Absent is not null ? (new(), new()) : (_cluster.Api("api-1"), _cluster.Api("api-2"));
    }

    private ClusterState State => _cluster.Cluster.State;

    [PostgresFact]
    public async Task Order_IsReadableThroughEveryApi()
    {
        await Buyers.StockUpAsync(_one);

        var (order, failure) = await Buyers.BuyOneAsync(_one);

        failure.ShouldBeNull();
        var here = await _one.ReadAsync($"/v1/orders/{order}");
        var there = await _other.ReadAsync($"/v1/orders/{order}");
        (there.Status, there.Text).ShouldBe((HttpStatusCode.OK, here.Text));
        there.Member("status").ShouldBe("confirmed");
    }

    [PostgresFact]
    public async Task ChangedProduct_ShowsThroughTheOtherApi_BeforeItsCacheExpires()
    {
        var product = await ProductAsync("STREAM-MUG");
        var seen = new List<TimeSpan>();
        for (var change = 0; change < 10; change++)
        {
            seen.Add(await StalenessAsync(product, "STREAM-MUG"));
        }

        // Events can be lost; most are not.
        seen.Order().ElementAt(seen.Count / 2).ShouldBeLessThan(ToldByTheStream, string.Join(", ", seen));
    }

    [PostgresFact]
    public async Task Api_SubscribesAgain_WhenOrleansRemovesItsSubscription()
    {
        var product = await ProductAsync("STREAM-CUP");
        await using (var client = await ConnectAsync())
        {
            (await client.RemoveCatalogueSubscriptionsAsync()).ShouldBeGreaterThan(1);
        }

        var staleness = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 30 && staleness > ToldByTheStream; attempt++)
        {
            staleness = await StalenessAsync(product, "STREAM-CUP");
        }

        staleness.ShouldBeLessThan(ToldByTheStream);
    }

    [PostgresFact]
    public async Task Apis_HostNoGrain_AndSilosShareTheCarts()
    {
        await Buyers.StockUpAsync(_one);
        foreach (var api in new[] { "api-1", "api-2" })
        {
            // Orleans does not repeat the start of a stream's reader.
            (await _cluster.LogAsync(api)).ShouldNotContain("failed to Initialize");
        }

        for (var cart = 0; cart < 90; cart++)
        {
            (await (cart % 2 == 0 ? _one : _other).SendAsync(HttpMethod.Post, "/v1/carts", """{"currency":"GBP"}""")).Status.ShouldBe(HttpStatusCode.Created);
        }

        // A list is answered by a stateless worker, which Orleans places where it is called if it can.
        (await _one.ReadAsync("/v1/products")).Status.ShouldBe(HttpStatusCode.OK);
        await using var client = await ConnectAsync();
        var rows = (await client.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
            .Where(static row => row.GrainType.StartsWith("ActorShop", StringComparison.Ordinal))
            .ToArray();

        var silos = State.Members.Where(static member => member.Role is MemberRole.Silo).Select(static member => member.Address).Order(StringComparer.Ordinal);
        rows.Select(static row => row.SiloAddress.Endpoint.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(silos);
        var carts = rows.Where(static row => row.GrainType.Contains("CartGrain", StringComparison.Ordinal)).Select(static row => row.ActivationCount).ToArray();
        carts.Length.ShouldBe(3);

        // A share of 30 or more, with a standard deviation of 5.
        carts.Min().ShouldBeGreaterThan(5, string.Join(' ', carts));
    }

    [PostgresFact]
    public async Task Requests_Succeed_DuringARollingRestart()
    {
        await using var buyers = await Buyers.StartAsync(8, _one, _other);
        await buyers.UntilMoreAsync(30);

        foreach (var silo in new[] { "silo-1", "silo-2", "silo-3" })
        {
            (await _cluster.Cluster.StopAsync(silo, Eventually.Patience)).ShouldBeTrue();
            await buyers.UntilMoreAsync(10);
            await _cluster.RestartAsync(silo);
            await buyers.UntilMoreAsync(10);
        }

        await buyers.StopAsync();
        buyers.Failures.Take(3).ShouldBeEmpty();
    }

    [PostgresTheory]
    [InlineData(nameof(MemberRole.Silo))]
    [InlineData(nameof(MemberRole.Api))]
    public async Task Member_OfAnotherCluster_IsRefused(string role)
    {
        var (code, error) = await RunAsync(Enum.Parse<MemberRole>(role), ("Cluster__ClusterId", "elsewhere"));

        code.ShouldBe(2, error);
        error.ShouldStartWith($"error: The database is used by the cluster \"{State.ClusterId}\", and this is \"elsewhere\"");
        (await Buyers.BuyOneAsync(_one)).Failure.ShouldBeNull();
    }

    [PostgresFact]
    public async Task ExternalClient_OfAnotherCluster_FindsNoSilo()
    {
        var (code, error) = await RunAsync(
            MemberRole.Api, ("Cluster__Role", "Client"), ("Cluster__ClusterId", "elsewhere"), ("Cluster__StartPatience", "00:00:02"));

        code.ShouldBe(2, error);
        error.ShouldStartWith("error: No silo of the cluster \"elsewhere\" answers");
    }

    [PostgresFact]
    public async Task Silo_OfAnotherService_IsRefused()
    {
        var (code, error) = await RunAsync(MemberRole.Silo, ("Cluster__ServiceId", "another"));

        code.ShouldBe(2, error);
        error.ShouldStartWith("error: The database belongs to the service \"actorshop\"");
    }

    [PostgresTheory]
    [InlineData("silo-1")]
    [InlineData("api-1")]
    public async Task OperatorsPort_AnswersAllowedHostsOnly(string member)
    {
        using var operators = Http.Client(State.Member(member).Operators!);

        (await operators.StatusAsync("/health/live", "evil.example")).ShouldBe(HttpStatusCode.BadRequest);
        (await operators.StatusAsync("/health/live", "localhost")).ShouldBe(HttpStatusCode.OK);
    }

    [PostgresTheory]
    [InlineData(nameof(MemberRole.Silo), "Cluster:SiloEndpoint")]
    [InlineData(nameof(MemberRole.Silo), "Cluster:GatewayEndpoint")]
    [InlineData(nameof(MemberRole.Api), "Api:Public")]
    [InlineData(nameof(MemberRole.Api), "Api:Operators")]
    public async Task Member_NamesThePort_WhenItIsTaken(string role, string setting)
    {
        var owner = State.Member("silo-1");
        var taken = setting is "Cluster:GatewayEndpoint" ? owner.Gateway! : owner.Address;

        var (code, error) = await RunAsync(Enum.Parse<MemberRole>(role), (setting.Replace(":", "__", StringComparison.Ordinal), taken));

        code.ShouldBe(2, error);
        error.ShouldStartWith($"error: Cannot listen at {taken} ({setting})");
        error.Trim().ShouldNotContain('\n');
        (await Buyers.BuyOneAsync(_one)).Failure.ShouldBeNull();
        State.Member("silo-1").ShouldBe(owner);
        owner.Condition.ShouldBe(ProcessCondition.Running);
    }

    [PostgresTheory]
    [InlineData(nameof(MemberRole.Silo))]
    [InlineData(nameof(MemberRole.Api))]
    public async Task Member_RefusesTheDatabase_OfANewerProgram(string role)
    {
        var connection = await DatabaseAsync($"newer_{role}".ToLowerInvariant(), "insert into schema_migrations (number, name, checksum) values (9999, 'future', 'x')");

        var (code, error) = await RunAsync(Enum.Parse<MemberRole>(role), ("Cluster__ConnectionString", connection));

        code.ShouldBe(2, error);
        error.ShouldContain("it is newer");
    }

    [PostgresFact]
    public async Task Silo_Ends_WhenTheDatabaseStaysAway()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(State.Database.ConnectionString) { Port = 9 }.ConnectionString;

        var (code, error) = await RunAsync(
            MemberRole.Silo, ("Cluster__ConnectionString", nowhere), ("Cluster__StartPatience", "00:00:01"));

        code.ShouldBe(3, error);
        error.ShouldStartWith("error: ");
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    private static async Task<Answer> WriteProductAsync(HttpClient api, HttpMethod method, string path, string sku, string name)
    {
        var answer = await api.SendAsync(
            method, path, $$$"""{"name":"{{{name}}}","variants":[{"sku":"{{{sku}}}","price":{"amount":500,"currency":"GBP"}}]}""", Guid.NewGuid().ToString("N"),
            Http.Bearer(MemberPlan.Key), ifMatch: method == HttpMethod.Put ? "*" : null);
        answer.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
        return answer;
    }

    private async Task<string> ProductAsync(string sku) => (await WriteProductAsync(_one, HttpMethod.Post, "/v1/admin/products", sku, "Mug")).Member("id");

    // Renames a product through one API, and reads it through the other, which has cached the old answer, until it shows the new name.
    private async Task<TimeSpan> StalenessAsync(string product, string sku)
    {
        var (path, name) = ($"/v1/products/{product}", $"Mug {Guid.NewGuid()}");
        (await _other.ReadAsync(path)).Status.ShouldBe(HttpStatusCode.OK);
        await WriteProductAsync(_one, HttpMethod.Put, path.Replace("/v1", "/v1/admin", StringComparison.Ordinal), sku, name);
        var watch = Stopwatch.StartNew();
        while (!string.Equals((await _other.ReadAsync(path)).Member("name"), name, StringComparison.Ordinal))
        {
            watch.Elapsed.ShouldBeLessThan(CacheLifetime + TimeSpan.FromSeconds(2), "The lifetime of the cache bounds the age of an answer.");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        return watch.Elapsed;
    }

    private Task<(int ExitCode, string Error)> RunAsync(MemberRole role, params (string Name, string Value)[] changes) =>
        ChildProcess.RunMemberAsync(_cluster.Cluster, role, changes);

    private Task<OrleansClient> ConnectAsync() => OrleansClient.ConnectAsync(
        IPEndPoint.Parse(State.Member("silo-1").Gateway!), State.ClusterId, State.ServiceId);

    private async Task<string> DatabaseAsync(string name, string statement)
    {
        var connection = new NpgsqlConnectionStringBuilder(State.Database.ConnectionString);
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
