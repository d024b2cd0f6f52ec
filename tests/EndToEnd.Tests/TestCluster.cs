using System.Net;
using ActorShop.Chaos.Network;
using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>A cluster of processes in a temporary folder, with the sample catalogue on sale.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorshop-cluster-");
    private LocalCluster? _cluster;

    public LocalCluster Cluster => _cluster!;

    public static async Task<TestCluster> StartAsync(int silos, int apis, FaultNetwork? network = null, params (string Name, string Value)[] settings)
    {
        var plan = new ClusterPlan(silos, apis, HostPrograms.Find(folder: null)) { Patience = TimeSpan.FromMinutes(3), Detour = network is null ? null : network.Lay };
        plan = plan with
        {
            Settings = plan.Settings
                .SetItem("Shop__SampleCatalogue", "true")
                .SetItems(settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value))),
        };
        var cluster = new TestCluster();
        try
        {
            cluster._cluster = await LocalCluster.StartAsync(
                cluster._folder.FullName,
                plan,
                TimeProvider.System,
                static _ => { },
                CancellationToken.None);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public HttpClient Api(string name = "api-1") => Http.Client(Cluster.State.Member(name).Address);

    /// <summary>Starts a process that has ended, and waits until it is ready.</summary>
    public async Task RestartAsync(string name)
    {
        await Cluster.RestartAsync(name);
        await Cluster.WaitUntilReadyAsync(name, Eventually.Patience);
    }

    public async Task<HttpStatusCode> AskAsync(string name, string path)
    {
        using var operators = Http.Client(Cluster.State.Member(name).Operators!);
        return (await operators.ReadAsync(path)).Status;
    }

    public Task<string> LogAsync(string name) => File.ReadAllTextAsync(Path.Combine(Cluster.Folder, $"{name}.log"));

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.StopAllAsync(TimeSpan.FromSeconds(60));
            _cluster.Dispose();
        }

        _folder.Delete(recursive: true);
    }
}
