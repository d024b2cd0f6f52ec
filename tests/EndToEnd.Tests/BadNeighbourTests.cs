using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorShop.Chaos.Network;
using ActorShop.Cluster;
using ActorShop.Testing.Certificates;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: what does not belong to a cluster, or not any more, does it no harm. Method: two silos and an API as processes, whose links can be cut;
/// customers who count in carts, and strangers at the ports.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class BadNeighbourTests(BadNeighbourFixture fixture) : IClassFixture<BadNeighbourFixture>
{
    private const int Carts = 24;
    private const int Stock = 100_000;

    // What a process takes for itself between two looks, whatever comes to its ports.
    private const long Growth = 96L * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private LocalCluster Cluster => fixture.Cluster;

    [ClusterFact]
    public async Task SiloThatSleepsPastItsEviction_AnswersNothing_AndTheOtherExtendsWhatItHadAcknowledged()
    {
        using var api = Client();
        var (carts, counting, stop) = await CountAsync(api);

        // Neither the table nor the other members reach it; what it writes waits in the link to the database.
        fixture.Network.Of("silo-2").Database.Set(LinkCondition.Silent);
        fixture.Network.Of("silo-2").Silo.Set(LinkCondition.Silent);
        await Cluster.PauseAsync("silo-2");
        await UntilMoreAsync(carts);

        // It wakes, and refuses to answer: it cannot read the table.
        Cluster.Resume("silo-2");
        var ready = await AskAsync("silo-2", "/health/ready");
        ready.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await AskAsync("silo-2", "/health/live")).Status.ShouldBe(HttpStatusCode.OK);

        // What it had written arrives now, late. Then it learns that it was evicted, and ends.
        fixture.Network.Heal();
        await UntilAsync(() => Cluster.State.Member("silo-2").Condition is ProcessCondition.Gone);
        (await LogAsync("silo-2")).ShouldContain("error: the cluster has given this silo up");
        await EndAsync(carts, counting, stop);
        await MendAsync("silo-2");
    }

    [ClusterFact]
    public async Task SiloWithoutADatabase_StopsAnsweringAfterASecond_AndLeavesAfterTen()
    {
        using var api = Client();
        var (carts, counting, stop) = await CountAsync(api);

        fixture.Network.Of("silo-2").Database.Set(LinkCondition.Silent);
        var cut = Stopwatch.StartNew();
        await UntilAsync(async () => (await AskAsync("silo-2", "/health/ready")).Status is HttpStatusCode.ServiceUnavailable);
        cut.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
        await UntilAsync(() => Cluster.State.Member("silo-2").Condition is ProcessCondition.Gone);
        cut.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(9));
        (await LogAsync("silo-2")).ShouldContain("Another silo can read it, so this one leaves the cluster");

        fixture.Network.Heal();
        await EndAsync(carts, counting, stop);
        await MendAsync("silo-2");
    }

    [ClusterFact]
    public async Task DatabaseThatIsAwayForEverySilo_EndsNone()
    {
        using var api = Client();
        var (carts, counting, stop) = await CountAsync(api);
        var before = Cluster.State.Members;

        fixture.Network.Of("silo-1").Database.Set(LinkCondition.Silent);
        fixture.Network.Of("silo-2").Database.Set(LinkCondition.Silent);
        await Task.Delay(TimeSpan.FromSeconds(15));
        fixture.Network.Heal();

        await EndAsync(carts, counting, stop);
        Cluster.State.Members.ShouldBe(before);
        foreach (var silo in new[] { "silo-1", "silo-2" })
        {
            Cluster.State.Member(silo).Condition.ShouldBe(ProcessCondition.Running);
        }
    }

    [ClusterFact]
    public async Task Api_WithoutASilo_IsNotReady_AndAnswersUnavailable()
    {
        using var api = Client();
        await UntilAsync(() => IsReadyAsync(api));
        foreach (var silo in new[] { "silo-1", "silo-2" })
        {
            (await Cluster.StopAsync(silo, Patience)).ShouldBeTrue();
        }

        await UntilAsync(async () => !await IsReadyAsync(api));
        (await api.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await Customers.SendAsync(api, HttpMethod.Get, $"/v1/stock/{ShopProcess.SampleSku}");
        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await MendAsync("silo-1");
        await MendAsync("silo-2");
        await UntilAsync(() => IsReadyAsync(api));
    }

    [ClusterFact]
    public async Task Strangers_AtThePortsOfASilo_AreShutOut_AndCustomersNoticeNothing()
    {
        using var api = Client();
        await Customers.StockUpAsync(api, Stock);
        await using var customers = new Customers(4, api);
        await customers.UntilMoreAsync(5);
        var silo = Cluster.State.Member("silo-1");
        var memory = Memory(silo);
        byte[][] greetings =
        [
            [.. Enumerable.Range(0, 100_000).Select(static n => (byte)(n * 31))],
            Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: silo\r\n\r\n"),

            // Orleans takes the first four bytes for the length of a greeting, which has 1,024 at most: here two gigabytes.
            [0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0],

            // A greeting of the right length, full of nothing.
            [16, 0, 0, 0, .. new byte[16]],
        ];
        foreach (var port in new[] { silo.Address, silo.Gateway! })
        {
            foreach (var greeting in greetings)
            {
                (await KnockAsync(IPEndPoint.Parse(port), greeting)).ShouldBeTrue($"{port}: {Convert.ToHexString(greeting.AsSpan(0, 4))}");
            }
        }

        await customers.UntilMoreAsync(5);
        await customers.StopAsync();
        customers.Failures.Take(3).ShouldBeEmpty();
        (Memory(silo) - memory).ShouldBeLessThan(Growth);
    }

    [ClusterFact]
    public async Task ClientThatWasLetIn_AndAnnouncesTwoGigabytes_IsCutOff_AndCustomersNoticeNothing()
    {
        using var api = Client();
        await Customers.StockUpAsync(api, Stock);
        await using var customers = new Customers(4, api);
        await customers.UntilMoreAsync(5);
        var silo = Cluster.State.Member("silo-1");
        var gateway = IPEndPoint.Parse(silo.Gateway!);
        var greeting = await Greeting.RecordAsync(Cluster.State.ClusterId, Cluster.State.ServiceId);
        var (memory, data) = (Memory(silo), Memory(silo, "VmData"));

        // A header and a body of two gigabytes each.
        (await KnockAsync(gateway, [.. greeting, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f, .. new byte[64]])).ShouldBeTrue();

        // What is reserved and not yet written to would show as data alone.
        (Memory(silo, "VmData") - data).ShouldBeLessThan(int.MaxValue / 2);
        await customers.UntilMoreAsync(5);
        await customers.StopAsync();
        customers.Failures.Take(3).ShouldBeEmpty();
        (Memory(silo) - memory).ShouldBeLessThan(Growth);
    }

    [ClusterFact]
    public async Task SiloAndApi_WithCertificatesOfAnotherAuthority_StayOutside_AndSayWhy()
    {
        using var folder = new TemporaryFolder();
        var (own, foreign) = (new TestAuthority(folder.Path, "own"), new TestAuthority(folder.Path, "foreign"));
        using var cluster = await LocalCluster.StartAsync(
            folder.Path,
            new ClusterPlan(Silos: 1, Apis: 1, HostPrograms.Find(folder: null))
            {
                Patience = Patience,
                Settings = ClusterFixture.Settings.SetItems(Certified(own).Select(static pair => KeyValuePair.Create(pair.Name, pair.Value))),
            },
            TimeProvider.System,
            static _ => { },
            CancellationToken.None);
        try
        {
            using var api = new HttpClient { BaseAddress = new Uri($"http://{cluster.State.Member("api-1").Address}"), Timeout = TimeSpan.FromSeconds(60) };
            await Customers.StockUpAsync(api, Stock);
            await using var customers = new Customers(2, api);
            await customers.UntilMoreAsync(3);
            (string, string)[] strange = [.. Certified(foreign), ("Cluster__StartPatience", "00:00:03")];

            var silo = await HostRun.OfAsync(cluster, MemberRole.Silo, strange);
            var other = await HostRun.OfAsync(cluster, MemberRole.Api, [.. strange, ("Cluster__Role", "Client")]);
            var member = await HostRun.OfAsync(cluster, MemberRole.Api, strange);
            var bare = await HostRun.OfAsync(cluster, MemberRole.Silo, [.. strange.Select(static setting => (setting.Item1, string.Empty)), ("Cluster__StartPatience", "00:00:03")]);
            await customers.UntilMoreAsync(3);
            await customers.StopAsync();

            silo.ExitCode.ShouldBe(3, silo.Error);
            silo.Error.ShouldContain("Failed to get ping responses");
            bare.ExitCode.ShouldBe(3, bare.Error);
            member.ExitCode.ShouldBe(3, member.Error);
            other.ExitCode.ShouldBe(2, other.Error);
            other.Error.ShouldStartWith("error: No silo of the cluster");
            customers.Failures.Take(3).ShouldBeEmpty();
            (await File.ReadAllTextAsync(Path.Combine(cluster.Folder, "silo-1.log"))).ShouldContain("Authentication failed");
        }
        finally
        {
            await cluster.StopAllAsync(TimeSpan.FromSeconds(30));
        }
    }

    // Configuration of a process with a certificate of an authority, as environment variables.
    private static (string Name, string Value)[] Certified(TestAuthority authority)
    {
        var files = authority.Sign("process");
        return
        [
            ("Cluster__Tls__CertificatePath", files.Certificate),
            ("Cluster__Tls__KeyPath", files.Key),
            ("Cluster__Tls__AuthorityPath", files.Authority),
        ];
    }

    private static long Memory(MemberProcess member, string what = "VmRSS") => long.Parse(
        File.ReadLines($"/proc/{member.Process.Id}/status").Single(line => line.StartsWith($"{what}:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        System.Globalization.CultureInfo.InvariantCulture) * 1024;

    // Whether the other side has ended the connection.
    private static async Task<bool> KnockAsync(IPEndPoint port, byte[] greeting)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync(port, limit.Token);
        return await EndsAsync(client.GetStream(), greeting, limit.Token);
    }

    private static async Task<bool> EndsAsync(NetworkStream stream, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellationToken);

            // Orleans sends its own greeting before it has read the other one.
            var buffer = new byte[1024];
            while (await stream.ReadAsync(buffer, cancellationToken) > 0)
            {
            }

            return true;
        }
        catch (IOException)
        {
            // Bytes that nobody read make the system reset it.
            return true;
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient api) =>
        (await api.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode;

    private static Task UntilMoreAsync(CountingCart[] carts)
    {
        var before = carts.Select(static cart => cart.Told).ToArray();
        return UntilAsync(() => carts.Zip(before).All(static pair => pair.First.Told >= pair.Second + 3));
    }

    private static async Task<(CountingCart[] Carts, Task[] Counting, CancellationTokenSource Stop)> CountAsync(HttpClient api)
    {
        var carts = await Task.WhenAll(Enumerable.Range(0, Carts).Select(_ => CountingCart.OpenAsync(api)));
        var stop = new CancellationTokenSource();
        var counting = carts.Select(cart => Task.Run(() => cart.CountAsync(stop.Token))).ToArray();
        await UntilAsync(() => Array.TrueForAll(carts, static cart => cart.Told >= 3));
        return (carts, counting, stop);
    }

    // Every cart goes on, and none ever showed less than it had acknowledged.
    private static async Task EndAsync(CountingCart[] carts, Task[] counting, CancellationTokenSource stop)
    {
        await UntilMoreAsync(carts);
        await stop.CancelAsync();
        await Task.WhenAll(counting);
        stop.Dispose();
        foreach (var cart in carts)
        {
            await cart.LookAsync();
        }

        carts.Select(static cart => cart.Lie).OfType<string>().ShouldBeEmpty();
    }

    private async Task MendAsync(string silo)
    {
        await Cluster.RestartAsync(silo);
        await Cluster.WaitUntilReadyAsync(silo, Patience);
    }

    private Task<string> LogAsync(string member) => File.ReadAllTextAsync(Path.Combine(Cluster.Folder, $"{member}.log"));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private HttpClient Client() =>
        new() { BaseAddress = new Uri($"http://{Cluster.State.Member("api-1").Address}"), Timeout = TimeSpan.FromSeconds(60) };

    private async Task<(HttpStatusCode Status, string Text)> AskAsync(string silo, string path)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using var answer = await http.GetAsync(new Uri($"http://{Cluster.State.Member(silo).Operators}{path}"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorshop-cluster-");

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
