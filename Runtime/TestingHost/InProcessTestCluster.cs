using System.Collections.ObjectModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>A cluster within the process of a test.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly List<InProcessSiloHandle> _silos = [];

    internal InProcessTestCluster(InProcessTestClusterOptions options) => Options = options;

    /// <summary>How it was asked for.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>The running silos.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos => _silos.AsReadOnly();

    /// <summary>The way to the grains from outside.</summary>
    public IClusterClient Client => _silos is [var first, ..]
        ? first.ServiceProvider.GetRequiredService<IClusterClient>()
        : throw new InvalidOperationException("The cluster has not been deployed.");

    /// <summary>Starts the silos.</summary>
    public async Task DeployAsync()
    {
        if (Options.InitialSilosCount != 1)
        {
            throw new NotSupportedException("The embedded engine runs clusters of one silo; more follow with its membership.");
        }

        await StartAdditionalSiloAsync();
    }

    /// <summary>Starts a silo.</summary>
    public async Task<InProcessSiloHandle> StartAdditionalSiloAsync()
    {
        if (_silos.Count > 0)
        {
            throw new NotSupportedException("The embedded engine runs clusters of one silo; more follow with its membership.");
        }

        var specific = new InProcessTestSiloSpecificOptions { SiloName = $"Silo_{_silos.Count}" };
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            EnvironmentName = "Test",
            ApplicationName = "TestCluster",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Options.ClusterId, Options.ServiceId));
            silo.Configure<SiloOptions>(options => options.SiloName = specific.SiloName);
        });
        foreach (var configure in Options.SiloHostConfigurationDelegates)
        {
            configure(specific, builder);
        }

        var handle = new InProcessSiloHandle(specific.SiloName, builder.Build());
        await handle.SiloHost.StartAsync();
        _silos.Add(handle);
        return handle;
    }

    /// <summary>Stops a silo in order, and starts it again; null where it was not running.</summary>
    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        if (!_silos.Contains(instance))
        {
            return null;
        }

        await StopSiloAsync(instance);
        return await StartAdditionalSiloAsync();
    }

    /// <summary>Stops a silo in order.</summary>
    public async Task StopSiloAsync(InProcessSiloHandle instance)
    {
        _silos.Remove(instance);
        await instance.DisposeAsync();
    }

    /// <summary>Stops all silos in order.</summary>
    public async Task StopAllSilosAsync()
    {
        foreach (var silo in _silos.ToArray())
        {
            await StopSiloAsync(silo);
        }
    }

    /// <summary>The services of the first silo.</summary>
    public IServiceProvider GetSiloServiceProvider() => _silos[0].ServiceProvider;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAllSilosAsync();

    /// <inheritdoc/>
    public void Dispose() => StopAllSilosAsync().GetAwaiter().GetResult();
}

/// <summary>A running silo of a test cluster.</summary>
public sealed class InProcessSiloHandle : IAsyncDisposable
{
    internal InProcessSiloHandle(string name, IHost host) => (Name, SiloHost) = (name, host);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its host.</summary>
    public IHost SiloHost { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider ServiceProvider => SiloHost.Services;

    /// <summary>Whether it has not been stopped.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>Stops it in order.</summary>
    public async Task StopSiloAsync(bool stopGracefully)
    {
        if (!IsActive)
        {
            return;
        }

        IsActive = false;
        using var now = new CancellationTokenSource();
        if (!stopGracefully)
        {
            await now.CancelAsync();
        }

        await SiloHost.StopAsync(now.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopSiloAsync(stopGracefully: true);
        if (SiloHost is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            SiloHost.Dispose();
        }
    }
}
