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

    [PendingClusterFact]
    public async Task OwnerThatIsCutOffAndSleepsPastItsLease_AnswersNothing_AndOthersExtendWhatItHadAcknowledged()
    {
        using var api = Client();
        var carts = await Task.WhenAll(Enumerable.Range(0, Carts).Select(_ => CountingCart.OpenAsync(api)));
        using var stop = new CancellationTokenSource();
        var counting = carts.Select(cart => Task.Run(() => cart.CountAsync(stop.Token))).ToArray();
        await UntilAsync(() => Array.TrueForAll(carts, static cart => cart.Told >= 3));

        // Neither the table nor its peer; its writes under way wait in the link to the database.
        fixture.Network.Of("silo-2").Database.Set(LinkCondition.Silent);
        fixture.Network.Of("silo-2").Silo!.Set(LinkCondition.Silent);
        fixture.Network.Of("silo-1").Silo!.Set(LinkCondition.Silent);
        await Cluster.PauseAsync("silo-2");
        var before = carts.Select(static cart => cart.Told).ToArray();
        await UntilAsync(() => carts.Zip(before).All(static pair => pair.First.Told >= pair.Second + 3));

        // It wakes, and knows that it must not answer.
        Cluster.Resume("silo-2");
        var ready = await AskAsync("silo-2", "/health/ready");
        ready.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ready.Text.ShouldContain("no valid lease");
        (await AskAsync("silo-2", "/health/live")).Status.ShouldBe(HttpStatusCode.OK);

        // What it had written arrives now, late; then it learns that it is dead, and ends.
        fixture.Network.Heal();
        await UntilAsync(() => Cluster.State.Member("silo-2").Condition is ProcessCondition.Gone);
        before = [.. carts.Select(static cart => cart.Told)];
        await UntilAsync(() => carts.Zip(before).All(static pair => pair.First.Told >= pair.Second + 3));
        await stop.CancelAsync();
        await Task.WhenAll(counting);
        foreach (var cart in carts)
        {
            await cart.LookAsync();
        }

        carts.Select(static cart => cart.Lie).OfType<string>().ShouldBeEmpty();
        await Cluster.RestartAsync("silo-2");
        await Cluster.WaitUntilReadyAsync("silo-2", Patience);
    }

    [PendingClusterFact]
    public async Task Api_WithoutAGateway_IsNotReady_AndSaysWhy()
    {
        using var api = Client();
        await UntilAsync(async () => (await api.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode);
        foreach (var silo in new[] { "silo-1", "silo-2" })
        {
            fixture.Network.Of(silo).Gateway!.Set(LinkCondition.Refusing);
            fixture.Network.Of(silo).Gateway!.Cut();
        }

        await UntilAsync(async () =>
        {
            using var answer = await api.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode is HttpStatusCode.ServiceUnavailable
                && (await answer.Content.ReadAsStringAsync()).Contains("No gateway of the cluster is connected", StringComparison.Ordinal);
        });
        (await api.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        fixture.Network.Heal();
        await UntilAsync(async () => (await api.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode);
    }

    [PendingClusterFact]
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

            // It knows the protocol and announces more than any greeting has.
            [.. "ACTR"u8, 1, 0xff, 0xff],

            // Two gigabytes, to whoever takes the first bytes for a length.
            [0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0],
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
        var log = await File.ReadAllTextAsync(Path.Combine(Cluster.Folder, "silo-1.log"));
        foreach (var port in new[] { "silo", "gateway" })
        {
            log.Split($"to the {port} port has ended before it began").Length.ShouldBe(1 + greetings.Length, port);
        }
    }

    [PendingClusterFact]
    public async Task PeersThatWereLetIn_AndAnnounceTwoGigabytes_AreCutOff_AndCustomersNoticeNothing()
    {
        using var api = Client();
        await Customers.StockUpAsync(api, Stock);
        await using var customers = new Customers(4, api);
        await customers.UntilMoreAsync(5);
        var silo = Cluster.State.Member("silo-1");
        var (memory, data) = (Memory(silo), Memory(silo, "VmData"));
        foreach (var lane in new byte[] { 0, 1 })
        {
            (await AnnounceAsync(silo.Address, $"127.0.0.1:9@{1 + lane}", lane)).ShouldBeTrue("a silo");
            (await AnnounceAsync(silo.Gateway!, $"127.0.0.1:9@-{1 + lane}", lane)).ShouldBeTrue("a client");
        }

        // What is announced and not yet written to would show as data alone.
        (Memory(silo, "VmData") - data).ShouldBeLessThan(int.MaxValue / 2);
        await customers.UntilMoreAsync(5);
        await customers.StopAsync();
        customers.Failures.Take(3).ShouldBeEmpty();
        (Memory(silo) - memory).ShouldBeLessThan(Growth);
        var log = await File.ReadAllLinesAsync(Path.Combine(Cluster.Folder, "silo-1.log"));
        foreach (var peer in new[] { "127.0.0.1:9@1", "127.0.0.1:9@2", "127.0.0.1:9@-1", "127.0.0.1:9@-2" })
        {
            log.ShouldContain(line => line.Contains($"The connection with {peer} is lost: A frame of 2147483647 bytes was announced", StringComparison.Ordinal), peer);
        }
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
            var other = await HostRun.OfAsync(cluster, MemberRole.Api, strange);
            var bare = await HostRun.OfAsync(cluster, MemberRole.Silo, [.. strange.Select(static setting => (setting.Item1, string.Empty)), ("Cluster__StartPatience", "00:00:03")]);
            await customers.UntilMoreAsync(3);
            await customers.StopAsync();

            silo.ExitCode.ShouldBe(3, silo.Error);
            silo.Error.ShouldContain("Failed to get ping responses");
            bare.ExitCode.ShouldBe(3, bare.Error);
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
            return await stream.ReadAsync(new byte[64], cancellationToken) == 0;
        }
        catch (IOException)
        {
            // Bytes that nobody read make the system reset it.
            return true;
        }
    }

    // Whether the other side has ended the connection of somebody whom it had let in.
    private async Task<bool> AnnounceAsync(string port, string who, byte lane)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        var to = IPEndPoint.Parse(port);
        await client.ConnectAsync(to, limit.Token);
        await Greeting.SayAsync(client.GetStream(), Cluster.State.ClusterId, who, to, lane, limit.Token);
        return await EndsAsync(client.GetStream(), [0xff, 0xff, 0xff, 0x7f, .. new byte[64]], limit.Token);
    }

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
