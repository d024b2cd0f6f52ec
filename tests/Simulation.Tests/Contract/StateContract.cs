using Orleans.Storage;

namespace ActorShop.Simulation.Contract;

/// <summary>Goal: stored state is read before a grain begins, and a write that is not the next one fails.</summary>
public abstract class StateContract(IContractHost host)
{
    [Fact]
    public Task State_BeforeTheFirstWrite_IsNewAndAbsent() => host.RunAsync(static async cluster =>
        (await cluster.Grains.GetGrain<IPurseGrain>(cluster.NewKey()).LookAsync()).ShouldBe("0, absent"));

    [Fact]
    public Task State_IsThereBeforeTheNextActivationBegins() => host.RunAsync(static async cluster =>
    {
        var purse = cluster.Grains.GetGrain<IPurseGrain>(cluster.NewKey());
        await purse.PutAsync(5);
        await purse.EndAsync();

        (await purse.CoinsAtActivationAsync()).ShouldBe(5);
        (await purse.LookAsync()).ShouldBe("5, exists");
    });

    [Fact]
    public Task Writes_ThatHaveNotStarted_AreOneWrite() => host.RunAsync(static async cluster =>
    {
        var purse = cluster.Grains.GetGrain<IPurseGrain>(cluster.NewKey());

        await purse.WriteFiveTimesAsync();

        cluster.Storage.WritesOf(purse.GetGrainId()).ShouldBe(1);
    });

    [Fact]
    public Task Conflict_ThatLeavesTheMethod_EndsTheActivation_AndTheNextReadsTheTruth() => host.RunAsync(static async cluster =>
    {
        var purse = cluster.Grains.GetGrain<IPurseGrain>(cluster.NewKey());
        await purse.PutAsync(5);
        cluster.Storage.Overwrite(purse.GetGrainId(), new Purse { Coins = 9 });

        await Should.ThrowAsync<InconsistentStateException>(() => purse.PutAsync(6));

        (await purse.LookAsync()).ShouldBe("9, exists");
    });

    [Fact]
    public Task Conflict_ThatTheMethodCatches_DoesNotEndTheActivation() => host.RunAsync(static async cluster =>
    {
        var purse = cluster.Grains.GetGrain<IPurseGrain>(cluster.NewKey());
        await purse.PutAsync(5);
        cluster.Storage.Overwrite(purse.GetGrainId(), new Purse { Coins = 9 });

        await purse.TryPutAsync(6);

        (await purse.LookAsync()).ShouldBe("6, exists");
    });

    [Fact]
    public Task Conflict_OfAnotherGrain_DoesNotEndItsCaller() => host.RunAsync(static async cluster =>
    {
        var caller = cluster.Grains.GetGrain<IPurseGrain>(cluster.NewKey());
        var purse = cluster.Grains.GetGrain<IPurseGrain>(cluster.NewKey());
        await purse.PutAsync(5);
        cluster.Storage.Overwrite(purse.GetGrainId(), new Purse { Coins = 9 });
        await caller.HideAsync(3);

        await Should.ThrowAsync<InconsistentStateException>(() => caller.PutElsewhereAsync(purse.GetPrimaryKeyString(), 6));

        (await caller.LookAsync()).ShouldBe("3, absent");
    });

    [Fact]
    public Task StorageFault_ReachesTheCaller_WithItsCause() => host.RunAsync(static async cluster =>
    {
        var purse = cluster.Grains.GetGrain<IPurseGrain>(cluster.NewKey() + "broken");

        var exception = await Should.ThrowAsync<OrleansException>(() => purse.PutAsync(1));

        exception.InnerException.ShouldBeOfType<IOException>();
    });
}

[Collection(ContractCollection.Name)]
public sealed class StateOnOrleans(OrleansHost host) : StateContract(host);

public sealed class StateInSimulation() : StateContract(new SimulatedHost());

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

    Task TryPutAsync(int coins);

    Task PutElsewhereAsync(string key, int coins);

    /// <summary>Changes the state in memory alone.</summary>
    Task HideAsync(int coins);

    Task<int> CoinsAtActivationAsync();

    Task WriteFiveTimesAsync();

    Task EndAsync();
}

[GrainType("contract-purse")]
public sealed class PurseGrain([PersistentState("purse")] IPersistentState<Purse> purse) : Grain, IPurseGrain
{
    private int _atActivation = -1;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atActivation = purse.State.Coins;
        return Task.CompletedTask;
    }

    public Task<string> LookAsync() => Task.FromResult($"{purse.State.Coins}, {(purse.RecordExists ? "exists" : "absent")}");

    public Task PutAsync(int coins)
    {
        purse.State = new() { Coins = coins };
        return purse.WriteStateAsync();
    }

    public async Task TryPutAsync(int coins)
    {
        try
        {
            await PutAsync(coins);
        }
        catch (InconsistentStateException)
        {
            purse.State = new() { Coins = coins };
        }
    }

    public Task PutElsewhereAsync(string key, int coins) => GrainFactory.GetGrain<IPurseGrain>(key).PutAsync(coins);

    public Task HideAsync(int coins)
    {
        purse.State = new() { Coins = coins };
        return Task.CompletedTask;
    }

    public Task<int> CoinsAtActivationAsync() => Task.FromResult(_atActivation);

    public Task WriteFiveTimesAsync() => Task.WhenAll(Enumerable.Range(0, 5).Select(_ => purse.WriteStateAsync()));

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
