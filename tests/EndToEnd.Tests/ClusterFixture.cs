using System.Collections.Immutable;
using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>Three silos and two APIs on a PostgreSQL of their own, for all tests of a class: each leaves it as it found it.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorshop-cluster-");
    private LocalCluster? _cluster;

    /// <summary>Why there is none; null where there is.</summary>
    public static string? Absent { get; } = PostgresPrograms.Absent;

    /// <summary>What all processes are told: the sample catalogue is to sell, and an API waits for it.</summary>
    internal static ImmutableSortedDictionary<string, string> Settings { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
        .SetItem("Shop__SampleCatalogue", "true");

    internal LocalCluster Cluster => _cluster!;

    public async Task InitializeAsync()
    {
        if (Absent is null)
        {
            _cluster = await LocalCluster.StartAsync(
                _folder.FullName,
                new ClusterPlan(Silos: 3, Apis: 2, HostPrograms.Find(folder: null))
                {
                    Patience = Patience,
                    Settings = Settings,
                },
                TimeProvider.System,
                static _ => { },
                CancellationToken.None);
        }
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.StopAllAsync(TimeSpan.FromSeconds(60));
            _cluster.Dispose();
        }

        _folder.Delete(recursive: true);
    }
}

/// <summary>A test of a cluster; skipped where there is no PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute() => Skip = ClusterFixture.Absent;
}

/// <inheritdoc cref="ClusterFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterTheoryAttribute : TheoryAttribute
{
    public ClusterTheoryAttribute() => Skip = ClusterFixture.Absent;
}
