using System.Globalization;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Describes a cluster within the process of a test.</summary>
public sealed class InProcessTestClusterBuilder
{
    private static int Clusters;

    /// <summary>Two silos, as on Orleans.</summary>
    public InProcessTestClusterBuilder()
        : this(initialSilosCount: 2)
    {
    }

    /// <summary>So many silos.</summary>
    public InProcessTestClusterBuilder(short initialSilosCount)
    {
        var id = CreateClusterId();
        Options = new InProcessTestClusterOptions { InitialSilosCount = initialSilosCount, ClusterId = id, ServiceId = id };
    }

    /// <summary>What has been asked for.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>An id that no other cluster of this process has.</summary>
    public static string CreateClusterId() =>
        string.Create(CultureInfo.InvariantCulture, $"testcluster-{Environment.ProcessId}-{Interlocked.Increment(ref Clusters)}");

    /// <summary>Sets up each silo.</summary>
    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate) =>
        ConfigureSiloHost((options, host) => host.UseOrleans(silo => configureSiloDelegate(options, silo)));

    /// <summary>Sets up each silo's host.</summary>
    public InProcessTestClusterBuilder ConfigureSiloHost(
        Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder> configureSiloHostDelegate)
    {
        Options.SiloHostConfigurationDelegates.Add(configureSiloHostDelegate);
        return this;
    }

    /// <summary>Sets up each host, of silos and of clients.</summary>
    public InProcessTestClusterBuilder ConfigureHost(Action<IHostApplicationBuilder> configureDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(configureDelegate);
        return ConfigureSiloHost((_, host) => configureDelegate(host));
    }

    /// <summary>Sets up the client's host; the embedded engine's client is that of the first silo, so this changes nothing.</summary>
    public InProcessTestClusterBuilder ConfigureClientHost(Action<IHostApplicationBuilder> configureHostDelegate)
    {
        Options.ClientHostConfigurationDelegates.Add(configureHostDelegate);
        return this;
    }

    /// <summary>Makes the cluster; <see cref="InProcessTestCluster.DeployAsync"/> starts it.</summary>
    public InProcessTestCluster Build() => new(Options);
}

/// <summary>What a cluster within the process of a test is like.</summary>
public sealed class InProcessTestClusterOptions
{
    /// <summary>The silos to start with.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>The cluster's id.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>The service's id.</summary>
    public string ServiceId { get; set; } = "";

    /// <summary>What sets up the hosts of silos.</summary>
    public List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> SiloHostConfigurationDelegates { get; } = [];

    /// <summary>What sets up the hosts of clients.</summary>
    public List<Action<IHostApplicationBuilder>> ClientHostConfigurationDelegates { get; } = [];
}

/// <summary>What one silo of a test cluster is like.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    /// <summary>The silo's name.</summary>
    public string SiloName { get; set; } = "";

    /// <summary>The port for silos; not used by a cluster of one.</summary>
    public int SiloPort { get; set; }

    /// <summary>The port for clients; not used by a cluster of one.</summary>
    public int GatewayPort { get; set; }
}
