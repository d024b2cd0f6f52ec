namespace ActorShop.Simulation.Contract;

/// <summary>A host on which a behaviour of Orleans is shown: Orleans' own, or the simulated one. Both pass the same tests.</summary>
public interface IContractHost
{
    /// <summary>Runs a test on a cluster of some silos.</summary>
    /// <param name="body">The test.</param>
    /// <param name="silos">How many silos there are when it begins.</param>
    Task RunAsync(Func<ContractCluster, Task> body, int silos = 1);
}

/// <summary>The cluster that a contract test runs on.</summary>
public abstract class ContractCluster
{
    private int _lastKey;

    /// <summary>The way to the grains, through the first silo.</summary>
    public abstract IGrainFactory Grains { get; }

    /// <summary>The silos that live.</summary>
    public abstract IReadOnlyList<int> Living { get; }

    /// <summary>Where a test holds grains, and waits for them.</summary>
    public abstract Gates Gates { get; }

    /// <summary>The grains' state.</summary>
    public abstract ContractStorage Storage { get; }

    /// <summary>A key that no other grain of the host has.</summary>
    public string NewKey() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}/{++_lastKey}");

    /// <summary>Asks grains through one silo.</summary>
    public abstract Task<T> AskAsync<T>(int silo, Func<IGrainFactory, Task<T>> ask);

    /// <summary>A new silo joins.</summary>
    public abstract Task JoinAsync();

    /// <summary>A silo stops in order.</summary>
    public abstract Task StopAsync(int silo);

    /// <summary>A silo dies.</summary>
    public abstract Task KillAsync(int silo);

    /// <summary>Time passes.</summary>
    public abstract Task DelayAsync(TimeSpan time);

    /// <summary>The beginning of keys in this run.</summary>
    protected abstract string Prefix { get; }
}
