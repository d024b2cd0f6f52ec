using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace ActorShop.Simulation.Contract;

/// <summary>A host on which a behaviour of Orleans is shown: Orleans' own, or the simulated one. Both pass the same tests.</summary>
public interface IContractHost
{
    Task RunAsync(Func<ContractCluster, Task> body, int silos = 1);
}

public abstract class ContractCluster
{
    private int _lastKey;

    /// <summary>The way to the grains, through the first silo.</summary>
    public abstract IGrainFactory Grains { get; }

    public abstract IReadOnlyList<int> Living { get; }

    public abstract Gates Gates { get; }

    public abstract ContractStorage Storage { get; }

    public void AddContract(ISiloBuilder silo)
    {
        silo.Services.AddSingleton(Gates);
        silo.Services.AddSingleton(Storage);
        silo.Services.AddSingleton<Incarnations>();
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (_, _) => Storage);
        silo.Services.Configure<SiloMessagingOptions>(static messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
        silo.AddIncomingGrainCallFilter<RefusingFilter>();
    }

    public string NewKey() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}/{++_lastKey}");

    public abstract Task<T> AskAsync<T>(int silo, Func<IGrainFactory, Task<T>> ask);

    public abstract Task JoinAsync();

    public abstract Task StopAsync(int silo);

    public abstract Task KillAsync(int silo);

    public abstract Task DelayAsync(TimeSpan time);

    protected abstract string Prefix { get; }
}
