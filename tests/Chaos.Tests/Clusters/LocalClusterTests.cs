using System.Net;
using ActorShop.Cli.Testing;
using ActorShop.Cluster;

namespace ActorShop.Chaos.Clusters;

/// <summary>
/// Goal: a cluster of processes can be started, looked at and broken by name. Method: PostgreSQL and real processes; silos and APIs are stood in
/// for by the payment provider's program, which is small, listens, and answers when it is asked whether it is ready.
/// </summary>
public sealed class LocalClusterTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Provider = Path.Combine(
        AppContext.BaseDirectory.Replace("Chaos.Tests", "PaymentSimulator", StringComparison.Ordinal), "ActorShop.PaymentSimulator.dll");

    // Its address comes by another name in each role.
    private static readonly HostPrograms StandIns = new(
        ["sh", "-c", "ASPNETCORE_URLS=http://$Silo__Operators exec dotnet \"$0\"", Provider],
        ["sh", "-c", "ASPNETCORE_URLS=http://$Api__Public exec dotnet \"$0\"", Provider],
        ["dotnet", Provider]);

    private readonly Scratch _scratch = new();
    private readonly List<string> _told = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (new StateFile(_scratch["cluster"]).Find() is not null)
        {
            using var cluster = LocalCluster.Open(_scratch["cluster"], TimeProvider.System);
            await cluster.StopAllAsync(Patience);
        }
    }

    public void Dispose() => _scratch.Dispose();

    [PostgresFact]
    public async Task Cluster_IsStartedBrokenMendedAndStopped()
    {
        using var cluster = await StartAsync(silos: 2, apis: 1);
        cluster.State.Members.Select(static member => member.Name).ShouldBe(["postgres", "payments", "silo-1", "silo-2", "api-1"]);
        (await WordsAsync(cluster)).ShouldAllBe(static word => word == MemberStatus.Ready);
        _told.ShouldContain(static line => line.StartsWith("applied ", StringComparison.Ordinal));

        await cluster.KillAsync("silo-1");
        await cluster.PauseAsync("silo-2");
        (await WordsAsync(cluster)).ShouldBe([MemberStatus.Ready, MemberStatus.Ready, MemberStatus.Gone, MemberStatus.Paused, MemberStatus.Ready]);
        (await Should.ThrowAsync<ClusterException>(() => cluster.PauseAsync("silo-1"))).Message.ShouldStartWith("silo-1 does not run");

        cluster.Resume("silo-2");
        var before = cluster.State.Member("silo-1");
        var after = await cluster.RestartAsync("silo-1");
        (after with { Process = before.Process }).ShouldBe(before with { IsStopped = false });
        (await cluster.AddAsync(MemberRole.Silo)).Name.ShouldBe("silo-3");
        await Task.WhenAll(Array.ConvertAll<string, Task>(["silo-1", "silo-2", "silo-3"], name => cluster.WaitUntilReadyAsync(name, Patience)));

        // Its processes outlive it for a moment, and one of them is busy.
        var server = cluster.State.Member("postgres").Process;
        var work = server.Children()[0];
        ProcessControl.Send(work, UnixSignal.Stop).ShouldBeTrue();
        var killed = cluster.KillAsync("postgres");
        await ProcessControl.WaitForEndAsync(server, Patience, TimeProvider.System, CancellationToken.None);
        killed.IsCompleted.ShouldBeFalse();
        ProcessControl.Send(work, UnixSignal.Continue);
        await killed;
        work.Look().ShouldBe(ProcessCondition.Gone);
        await cluster.RestartAsync("postgres");
        await cluster.WaitUntilReadyAsync("postgres", Patience);

        // What ends by itself comes back; what was stopped stays down.
        await using (var supervisor = Supervisor.Of(cluster, TimeProvider.System, _told.Add))
        {
            await cluster.KillAsync("silo-2");
            ProcessControl.Send(cluster.State.Member("silo-1").Process, UnixSignal.Kill);
            await UntilAsync(() => supervisor.Take().Contains("silo-1", StringComparer.Ordinal));
            await cluster.WaitUntilReadyAsync("silo-1", Patience);
            cluster.State.Member("silo-2").Condition.ShouldBe(ProcessCondition.Gone);
        }

        (await cluster.StopAsync("silo-3", Patience)).ShouldBeTrue();
        (await cluster.StopAllAsync(Patience)).ShouldBeEmpty();
        cluster.State.Members.ShouldAllBe(static member => member.Condition == ProcessCondition.Gone);
    }

    [PostgresFact]
    public async Task Cluster_ThatRuns_IsNotStartedTwice_AndItsDataOutlivesIt()
    {
        string first;
        using (var cluster = await StartAsync(silos: 1, apis: 1))
        {
            first = cluster.State.ClusterId;
            (await Should.ThrowAsync<ClusterException>(() => StartAsync(silos: 1, apis: 1))).Message.ShouldContain("a cluster runs in");
            await cluster.StopAllAsync(Patience);
        }

        _told.Clear();
        using var second = await StartAsync(silos: 1, apis: 1);

        second.State.ClusterId.ShouldBe(first);
        _told.ShouldNotContain(static line => line.StartsWith("applied", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task ProcessThatEnds_EndsTheStart_WithItsLastWords()
    {
        var programs = StandIns with { Api = ["sh", "-c", "echo no port for me; exit 7"] };

        var failure = await Should.ThrowAsync<ClusterException>(() => StartAsync(silos: 1, apis: 1, programs));

        failure.Message.ShouldStartWith("api-1 ended");
        failure.Message.ShouldEndWith("no port for me");
        new StateFile(_scratch["cluster"]).Find()!.Members.ShouldAllBe(static member => member.Condition == ProcessCondition.Gone);
    }

    [PostgresFact]
    public async Task Commands_SayWhatTheyDid()
    {
        using var cluster = await StartAsync(silos: 1, apis: 1);
        Task<ToolRun> Run(string words) => ToolRun.Of(Bench.RunAsync, $"cluster {words} --folder {_scratch["cluster"]}");

        var status = await Run("status");
        status.ExitCode.ShouldBe(ExitCode.Fine, status.ToString());
        status.Output.ShouldContain($"http://{cluster.State.Member("api-1").Address}");

        (await Run("kill silo-1")).ExitCode.ShouldBe(ExitCode.Fine);
        var broken = await Run("status");
        broken.ExitCode.ShouldBe(ExitCode.Differences);
        broken.Output.ShouldContain(MemberStatus.Gone);
        var again = await Run("kill silo-1");
        (again.ExitCode, again.Error.StartsWith("error: silo-1 does not run", StringComparison.Ordinal)).ShouldBe((ExitCode.BadInput, true), again.ToString());

        (await Run("start silo-1")).ExitCode.ShouldBe(ExitCode.Fine);
        var added = await Run("add api");
        added.Output.ShouldContain("api-2");
        using (var http = new HttpClient())
        {
            (await http.GetAsync(new Uri($"http://{cluster.State.Member("api-2").Address}/health/ready"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await Run("stop")).ExitCode.ShouldBe(ExitCode.Fine);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("stop")]
    [InlineData("kill silo-1")]
    public async Task Folder_WithoutACluster_IsOneLineOfError(string words)
    {
        var run = await ToolRun.Of(Bench.RunAsync, $"cluster {words} --folder {_scratch["nothing"]}");

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.ShouldStartWith("error: there is no cluster in ");
    }

    private async Task<LocalCluster> StartAsync(int silos, int apis, HostPrograms? programs = null) => await LocalCluster.StartAsync(
        _scratch["cluster"], new ClusterPlan(silos, apis, programs ?? StandIns) { Patience = Patience }, TimeProvider.System, _told.Add, CancellationToken.None);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }

    private static async Task<string[]> WordsAsync(LocalCluster cluster) => [.. (await cluster.AskAsync()).Select(static status => status.Word)];
}
