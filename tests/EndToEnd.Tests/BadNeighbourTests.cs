using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorShop.Chaos.Network;
using ActorShop.Cluster;
using ActorShop.Testing.Certificates;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: what does not belong to a cluster, or no longer does, cannot harm it. Method: two silos and an API as processes, whose links can be
/// cut; customers who count in carts, and strangers at the ports.
/// </summary>
[Trait("Suite", "EndToEnd"), Collection(QuietCollection.Name)]
public sealed class BadNeighbourTests(FaultyClusterFixture fixture) : IClassFixture<FaultyClusterFixture>
{
    // The memory that a process takes for itself between two measurements, whatever arrives at its ports.
    private const long Growth = 96L * 1024 * 1024;

    private TestCluster Test => fixture.Cluster;

    private LocalCluster Cluster => Test.Cluster;

    [PostgresFact]
    public async Task EvictedSilo_AnswersNothing_WhenItResumes()
    {
        using var api = Test.Api();
        await using var carts = await CountingCarts.StartAsync(api);

        // Neither the table nor the other members reach it; its writes wait in the link to the database.
        fixture.Network.Of("silo-2").Database.Set(LinkCondition.Silent);
        fixture.Network.Of("silo-2").Silo.Set(LinkCondition.Silent);
        await Cluster.PauseAsync("silo-2");
        await carts.UntilMoreAsync();

        // It resumes, and refuses to answer: it cannot read the table.
        Cluster.Resume("silo-2");
        (await Test.AskAsync("silo-2", "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await Test.AskAsync("silo-2", "/health/live")).ShouldBe(HttpStatusCode.OK);

        // Its writes arrive now, late. Then it learns that it was evicted, and ends.
        fixture.Network.Heal();
        await Eventually.HoldsAsync(() => Cluster.State.Member("silo-2").Condition is ProcessCondition.Gone);
        (await Test.LogAsync("silo-2")).ShouldContain("error: the cluster has given this silo up");
        await carts.EndAsync();
        await Test.RestartAsync("silo-2");
    }

    [PostgresFact]
    public async Task Silo_StopsAnsweringAndLeaves_WhenItAloneLosesTheDatabase()
    {
        using var api = Test.Api();
        await using var carts = await CountingCarts.StartAsync(api);

        fixture.Network.Of("silo-2").Database.Set(LinkCondition.Silent);
        var cut = Stopwatch.StartNew();
        await Eventually.HoldsAsync(async () => await Test.AskAsync("silo-2", "/health/ready") is HttpStatusCode.ServiceUnavailable);
        cut.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
        await Eventually.HoldsAsync(() => Cluster.State.Member("silo-2").Condition is ProcessCondition.Gone);
        cut.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(9));
        (await Test.LogAsync("silo-2")).ShouldContain("Another silo can read it, so this one leaves the cluster");

        fixture.Network.Heal();
        await carts.EndAsync();
        await Test.RestartAsync("silo-2");
    }

    [PostgresFact]
    public async Task Silos_Stay_WhenAllLoseTheDatabase()
    {
        using var api = Test.Api();
        await using var carts = await CountingCarts.StartAsync(api);
        var before = Cluster.State.Members;

        fixture.Network.Of("silo-1").Database.Set(LinkCondition.Silent);
        fixture.Network.Of("silo-2").Database.Set(LinkCondition.Silent);
        await Task.Delay(TimeSpan.FromSeconds(15));
        fixture.Network.Heal();

        await carts.EndAsync();
        Cluster.State.Members.ShouldBe(before);
        foreach (var silo in new[] { "silo-1", "silo-2" })
        {
            Cluster.State.Member(silo).Condition.ShouldBe(ProcessCondition.Running);
        }
    }

    [PostgresFact]
    public async Task Api_IsUnavailable_WithoutASilo()
    {
        using var api = Test.Api();
        await Eventually.HoldsAsync(() => IsReadyAsync(api));
        foreach (var silo in new[] { "silo-1", "silo-2" })
        {
            (await Cluster.StopAsync(silo, Eventually.Patience)).ShouldBeTrue();
        }

        await Eventually.HoldsAsync(async () => !await IsReadyAsync(api));
        (await api.ReadAsync("/health/live")).Status.ShouldBe(HttpStatusCode.OK);
        (await api.ReadAsync($"/v1/stock/{ShopProcess.SampleSku}")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await Test.RestartAsync("silo-1");
        await Test.RestartAsync("silo-2");
        await Eventually.HoldsAsync(() => IsReadyAsync(api));
    }

    [PostgresFact]
    public async Task Strangers_AreShutOut_AtThePortsOfASilo()
    {
        using var api = Test.Api();
        await using var buyers = await Buyers.StartAsync(4, api);
        await buyers.UntilMoreAsync(5);
        var silo = Cluster.State.Member("silo-1");
        var memory = Memory(silo);
        byte[][] greetings =
        [
            [.. Enumerable.Range(0, 100_000).Select(static n => (byte)(n * 31))],
            Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: silo\r\n\r\n"),

            // The first four bytes are the length of a greeting, at most 1,024 in Orleans: here two gigabytes.
            [0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0],

            // A greeting of the right length, all zeros.
            [16, 0, 0, 0, .. new byte[16]],
        ];
        foreach (var port in new[] { silo.Address, silo.Gateway! })
        {
            foreach (var greeting in greetings)
            {
                (await KnockAsync(IPEndPoint.Parse(port), greeting)).ShouldBeTrue($"{port}: {Convert.ToHexString(greeting.AsSpan(0, 4))}");
            }
        }

        await buyers.UntilMoreAsync(5);
        await buyers.StopAsync();
        buyers.Failures.Take(3).ShouldBeEmpty();
        (Memory(silo) - memory).ShouldBeLessThan(Growth);
    }

    [PostgresFact]
    public async Task AcceptedClient_IsCutOff_WhenItAnnouncesTwoGigabytes()
    {
        using var api = Test.Api();
        await using var buyers = await Buyers.StartAsync(4, api);
        await buyers.UntilMoreAsync(5);
        var silo = Cluster.State.Member("silo-1");
        var gateway = IPEndPoint.Parse(silo.Gateway!);
        var greeting = await Greeting.RecordAsync(Cluster.State.ClusterId, Cluster.State.ServiceId);
        var (memory, data) = (Memory(silo), Memory(silo, "VmData"));

        // A header and a body of two gigabytes each.
        (await KnockAsync(gateway, [.. greeting, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f, .. new byte[64]])).ShouldBeTrue();

        // Memory that is reserved and not yet written to counts only as data.
        (Memory(silo, "VmData") - data).ShouldBeLessThan(int.MaxValue / 2);
        await buyers.UntilMoreAsync(5);
        await buyers.StopAsync();
        buyers.Failures.Take(3).ShouldBeEmpty();
        (Memory(silo) - memory).ShouldBeLessThan(Growth);
    }

    [PostgresFact]
    public async Task SiloAndApi_AreRefused_WithCertificatesOfAnotherAuthority()
    {
        var folder = Directory.CreateTempSubdirectory("actorshop-certificates-");
        try
        {
            var (own, foreign) = (new TestAuthority(folder.FullName, "own"), new TestAuthority(folder.FullName, "foreign"));
            await using var cluster = await TestCluster.StartAsync(silos: 1, apis: 1, network: null, Certified(own));
            using var api = cluster.Api();
            await using var buyers = await Buyers.StartAsync(2, api);
            await buyers.UntilMoreAsync(3);
            (string Name, string Value)[] patience = [("Cluster__StartPatience", "00:00:03")];
            Task<(int ExitCode, string Error)> RunAsync(MemberRole role, params IEnumerable<(string Name, string Value)> settings) =>
                ChildProcess.RunMemberAsync(cluster.Cluster, role, [.. settings, .. patience]);

            var silo = await RunAsync(MemberRole.Silo, Certified(foreign));
            var client = await RunAsync(MemberRole.Api, [.. Certified(foreign), ("Cluster__Role", "Client")]);
            var member = await RunAsync(MemberRole.Api, Certified(foreign));
            var bare = await RunAsync(MemberRole.Silo, Certified(foreign).Select(static setting => (setting.Name, string.Empty)));
            await buyers.UntilMoreAsync(3);
            await buyers.StopAsync();

            silo.ExitCode.ShouldBe(3, silo.Error);
            silo.Error.ShouldContain("Failed to get ping responses");
            bare.ExitCode.ShouldBe(3, bare.Error);
            member.ExitCode.ShouldBe(3, member.Error);
            client.ExitCode.ShouldBe(2, client.Error);
            client.Error.ShouldStartWith("error: No silo of the cluster");
            buyers.Failures.Take(3).ShouldBeEmpty();
            (await cluster.LogAsync("silo-1")).ShouldContain("Authentication failed");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The settings of a process with a certificate of an authority, as environment variables.
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
        CultureInfo.InvariantCulture) * 1024;

    // Whether the silo ends the connection.
    private static async Task<bool> KnockAsync(IPEndPoint port, byte[] greeting)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync(port, limit.Token);
        try
        {
            await client.GetStream().WriteAsync(greeting, limit.Token);

            // Orleans sends its own greeting before it has read the other one.
            await client.GetStream().CopyToAsync(Stream.Null, limit.Token);
            return true;
        }
        catch (IOException)
        {
            // Unread bytes make the system reset the connection.
            return true;
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient api) => (await api.ReadAsync("/health/ready")).Status is HttpStatusCode.OK;
}
