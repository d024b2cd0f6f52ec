namespace ActorShop.Parity.State;

[GenerateSerializer]
public sealed class Purse
{
    [Id(0)]
    public int Coins { get; set; }
}

public interface IPurseGrain : IGrainWithStringKey
{
    Task<string> LookAsync();

    Task PutAsync(int coins);

    Task EmptyAsync();

    Task<int> CoinsAtActivationAsync();

    Task<bool> WriteFiveTimesAsync();

    Task TouchFromOutsideAsync();

    Task EndAsync();
}

public abstract class PurseGrain(IPersistentState<Purse> purse) : Grain, IPurseGrain
{
    private int _atActivation = -1;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atActivation = purse.State.Coins;
        return Task.CompletedTask;
    }

    public Task<string> LookAsync() => Task.FromResult(
        $"{purse.State.Coins}, {(purse.RecordExists ? "exists" : "absent")}, {(purse.Etag is null ? "no version" : "version")}");

    public Task PutAsync(int coins)
    {
        purse.State.Coins = coins;
        return purse.WriteStateAsync();
    }

    public Task EmptyAsync() => purse.ClearStateAsync();

    public Task<int> CoinsAtActivationAsync() => Task.FromResult(_atActivation);

    public async Task<bool> WriteFiveTimesAsync()
    {
        var writes = Enumerable.Range(0, 5).Select(_ => purse.WriteStateAsync()).ToArray();
        await Task.WhenAll(writes);
        return writes.Distinct().Count() == 1;
    }

    public Task TouchFromOutsideAsync() => Task.Run(() => purse.State.Coins++);

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface IMemoryPurseGrain : IPurseGrain;

public sealed class MemoryPurseGrain([PersistentState("purse")] IPersistentState<Purse> purse) : PurseGrain(purse), IMemoryPurseGrain;

public interface IWatchedPurseGrain : IPurseGrain;

public sealed class WatchedPurseGrain([PersistentState("watched-purse", "watched")] IPersistentState<Purse> purse)
    : PurseGrain(purse), IWatchedPurseGrain;

public interface ILostPurseGrain : IPurseGrain;

public sealed class LostPurseGrain([PersistentState("lost-purse", "nowhere")] IPersistentState<Purse> purse)
    : PurseGrain(purse), ILostPurseGrain;

public interface IOldStyleGrain : IGrainWithStringKey
{
    Task<int> AddAsync(int coins);

    Task EndAsync();
}

public sealed class OldStyleGrain : Grain<Purse>, IOldStyleGrain
{
    public async Task<int> AddAsync(int coins)
    {
        State.Coins += coins;
        await WriteStateAsync();
        return State.Coins;
    }

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
