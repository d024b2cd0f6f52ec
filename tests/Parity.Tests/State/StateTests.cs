using Orleans.Storage;

namespace ActorShop.Parity.State;

/// <summary>Goal: stored state is read, written, guarded and refused as on Orleans.</summary>
public sealed class StateTests(Cluster cluster) : IClassFixture<Cluster>
{
    private readonly string _key = Cluster.NewKey();

    [Fact]
    public async Task State_BeforeTheFirstWrite_IsNewAndAbsent()
    {
        var purse = cluster.Grains.GetGrain<IMemoryPurseGrain>(_key);

        (await purse.LookAsync()).ShouldBe("0, absent, no version");
    }

    [Fact]
    public async Task State_Written_IsThereBeforeTheNextActivationBegins()
    {
        var purse = cluster.Grains.GetGrain<IMemoryPurseGrain>(_key);
        await purse.PutAsync(5);
        (await purse.LookAsync()).ShouldBe("5, exists, version");

        await purse.EndAsync();

        (await purse.CoinsAtActivationAsync()).ShouldBe(5);
        (await purse.LookAsync()).ShouldBe("5, exists, version");
    }

    [Fact]
    public async Task State_Cleared_IsNewAgain_AndCanBeWritten()
    {
        var purse = cluster.Grains.GetGrain<IMemoryPurseGrain>(_key);
        await purse.PutAsync(5);

        await purse.EmptyAsync();
        (await purse.LookAsync()).ShouldBe("0, absent, no version");
        await purse.PutAsync(3);

        (await purse.LookAsync()).ShouldBe("3, exists, version");
    }

    [Fact]
    public async Task Writes_NotYetStarted_AreOneWrite()
    {
        var purse = cluster.Grains.GetGrain<IWatchedPurseGrain>(_key);

        (await purse.WriteFiveTimesAsync()).ShouldBeTrue();

        WatchedStorage.Writes[purse.GetGrainId()].ShouldBe(1);
    }

    [Fact]
    public async Task State_TouchedFromOutsideTheTurn_Refuses()
    {
        var purse = cluster.Grains.GetGrain<IMemoryPurseGrain>(_key);

        var exception = await Should.ThrowAsync<InvalidOperationException>(purse.TouchFromOutsideAsync);

        exception.Message.ShouldBe(
            "Activation access violation. A non-activation thread attempted to access activation services.");
    }

    [Fact]
    public async Task StorageFailure_IsWrapped_WithItsCause()
    {
        var purse = cluster.Grains.GetGrain<IWatchedPurseGrain>(_key + "broken");

        var exception = await Should.ThrowAsync<OrleansException>(() => purse.PutAsync(1));

        exception.InnerException.ShouldBeOfType<IOException>();
        exception.Message.ShouldContain("WriteStateAsync");
    }

    [Fact]
    public async Task MissingProvider_FailsTheActivation()
    {
        var exception = await Should.ThrowAsync<Exception>(() => cluster.Grains.GetGrain<ILostPurseGrain>(_key).LookAsync());

        exception.ToString().ShouldContain(nameof(BadProviderConfigException));
        exception.ToString().ShouldContain("No storage provider named \"nowhere\" found loading grain type");
    }

    [Fact]
    public async Task GrainWithState_RemembersItAcrossActivations()
    {
        var grain = cluster.Grains.GetGrain<IOldStyleGrain>(_key);
        await grain.AddAsync(2);
        await grain.EndAsync();

        (await grain.AddAsync(3)).ShouldBe(5);
    }
}
