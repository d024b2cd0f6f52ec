namespace ActorShop.Simulation.Contract;

/// <summary>Goal: activations come and go, and a call finds one.</summary>
public abstract class LifeContract(IContractHost host)
{
    [Fact]
    public Task DeactivateOnIdle_LetsAWaitingCallGoToTheNextActivation() => host.RunAsync(static async cluster =>
    {
        var key = cluster.NewKey();
        var grain = cluster.Grains.GetGrain<ILifeGrain>(key);
        var first = await grain.IncarnationAsync();
        await grain.EndAsync(key);
        await cluster.Gates.Opened(key + ".ending");

        var waiting = grain.IncarnationAsync();
        cluster.Gates.Open(key + ".release");

        (await waiting).ShouldBeGreaterThan(first);
    });

    [Fact]
    public Task FailedActivation_FailsItsCaller_AndTheNextCallTriesAgain() => host.RunAsync(static async cluster =>
    {
        var grain = cluster.Grains.GetGrain<IUnluckyGrain>(cluster.NewKey());

        (await Should.ThrowAsync<ContractException>(grain.AttemptsAsync)).Message.ShouldBe("attempt 1");
        (await Should.ThrowAsync<ContractException>(grain.AttemptsAsync)).Message.ShouldBe("attempt 2");

        (await grain.AttemptsAsync()).ShouldBe(3);
    });

    [Fact]
    public Task Reference_MadeFromAnId_ReachesTheSameActivation() => host.RunAsync(static async cluster =>
    {
        var key = cluster.NewKey();
        var one = cluster.Grains.GetGrain<ILifeGrain>(key);
        var other = cluster.Grains.GetGrain<ILifeGrain>(GrainId.Create("contract-life", key));

        other.ShouldBe(one);
        other.GetPrimaryKeyString().ShouldBe(key);
        (await other.IncarnationAsync()).ShouldBe(await one.IncarnationAsync());
    });

    [Fact]
    public Task EmptyKey_IsRefused() => host.RunAsync(static cluster =>
    {
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<ILifeGrain>(" "));
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<ILifeGrain>(string.Empty));
        return Task.CompletedTask;
    });
}

[Collection(ContractCollection.Name)]
public sealed class LifeOnOrleans(OrleansHost host) : LifeContract(host);

public sealed class LifeInSimulation() : LifeContract(new SimulatedHost());

/// <summary>Numbers activations in the order in which they begin, over all silos of a run.</summary>
public sealed class Incarnations(ContractStorage storage)
{
    public int Next(GrainId grain)
    {
        lock (storage)
        {
            var id = GrainId.Create("contract-incarnation", grain.ToString());
            storage.Overwrite(id, storage);
            return storage.WritesOf(id);
        }
    }
}

public interface ILifeGrain : IGrainWithStringKey
{
    Task<int> IncarnationAsync();

    Task EndAsync(string gate);
}

[GrainType("contract-life")]
public sealed class LifeGrain(Gates gates, Incarnations incarnations) : Grain, ILifeGrain
{
    private int _incarnation;
    private string? _gate;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _incarnation = incarnations.Next(this.GetGrainId());
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_gate is not null)
        {
            gates.Open(_gate + ".ending");
            await gates.Opened(_gate + ".release");
        }
    }

    public Task<int> IncarnationAsync() => Task.FromResult(_incarnation);

    public Task EndAsync(string gate)
    {
        _gate = gate;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface IUnluckyGrain : IGrainWithStringKey
{
    Task<int> AttemptsAsync();
}

[GrainType("contract-unlucky")]
public sealed class UnluckyGrain(Incarnations incarnations) : Grain, IUnluckyGrain
{
    private int _attempts;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _attempts = incarnations.Next(this.GetGrainId());
        return _attempts < 3 ? throw new ContractException($"attempt {_attempts}") : Task.CompletedTask;
    }

    public Task<int> AttemptsAsync() => Task.FromResult(_attempts);
}

[GenerateSerializer]
public sealed class ContractException(string message) : Exception(message)
{
    [Id(0)]
    public int Number { get; set; }
}
