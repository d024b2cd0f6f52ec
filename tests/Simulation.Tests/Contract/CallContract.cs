namespace ActorShop.Simulation.Contract;

/// <summary>Goal: what a call carries, and what its caller learns.</summary>
public abstract class CallContract(IContractHost host)
{
    [Fact]
    public Task Exception_ReachesTheCaller_AndDoesNotHurtTheActivation() => host.RunAsync(static async cluster =>
    {
        var grain = cluster.Grains.GetGrain<ICallGrain>(cluster.NewKey());
        await grain.CountAsync();

        (await Should.ThrowAsync<ContractException>(() => grain.FailAsync(42))).Number.ShouldBe(42);

        (await grain.CountAsync()).ShouldBe(2);
    });

    [Fact]
    public Task Timeout_EndsTheCallersWait_NotTheCall() => host.RunAsync(static async cluster =>
    {
        var key = cluster.NewKey();
        var call = cluster.Grains.GetGrain<ICallGrain>(key).HoldAsync(key);
        await cluster.Gates.Opened(key + ".arrived");

        await Should.ThrowAsync<TimeoutException>(() => call);
        cluster.Gates.IsOpen(key + ".ended").ShouldBeFalse();

        cluster.Gates.Open(key + ".release");
        await cluster.Gates.Opened(key + ".ended");
    });

    [Fact]
    public Task SelfCall_OfANonReentrantGrain_EndsInATimeout() => host.RunAsync(static async cluster =>
        await Should.ThrowAsync<TimeoutException>(() => cluster.Grains.GetGrain<ICallGrain>(cluster.NewKey()).CallSelfAsync()));

    [Fact]
    public Task Argument_ThatTheGrainChanges_IsNotChangedForTheCaller() => host.RunAsync(static async cluster =>
    {
        List<string> basket = ["apple"];

        var answer = await cluster.Grains.GetGrain<ICallGrain>(cluster.NewKey()).AddAsync(basket, "pear");

        basket.ShouldBe(["apple"]);
        answer.ShouldBe(["apple", "pear"]);
    });

    [Fact]
    public Task Answer_ThatTheCallerChanges_IsNotChangedForTheGrain() => host.RunAsync(static async cluster =>
    {
        var grain = cluster.Grains.GetGrain<ICallGrain>(cluster.NewKey());
        var answer = await grain.AddAsync([], "pear");

        answer.Add("plum");

        (await grain.BasketAsync()).ShouldBe(["pear"]);
    });

    [Fact]
    public Task Filter_ThatRefusesAfterTheCall_FailsTheCaller_ThoughTheCallWasExecuted() => host.RunAsync(static async cluster =>
    {
        var grain = cluster.Grains.GetGrain<ICallGrain>(cluster.NewKey());

        await Should.ThrowAsync<ContractException>(grain.CountRefusedAsync);

        (await grain.CountAsync()).ShouldBe(2);
    });

    [Fact]
    public Task RequestContext_ReachesTheActivationThatTheCallCauses_AndTheGrainsOwnFilter() => host.RunAsync(static async cluster =>
    {
        var grain = cluster.Grains.GetGrain<IMarkedGrain>(cluster.NewKey());

        RequestContext.Set("mark", "first");
        (await grain.MarksAsync()).ShouldBe("first, first, taken");

        RequestContext.Set("mark", "second");
        (await grain.MarksAsync()).ShouldBe("first, second, taken");
        RequestContext.Remove("mark");
        (await grain.MarksAsync()).ShouldBe("first, none, none");
    });
}

[Collection(ContractCollection.Name)]
public sealed class CallsOnOrleans(OrleansHost host) : CallContract(host);

public sealed class CallsInSimulation() : CallContract(new SimulatedHost());

/// <summary>Refuses the answers of <see cref="ICallGrain.CountRefusedAsync"/>, as the shop's filter does on a silo that is cut off.</summary>
public sealed class RefusingFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Grain is ICallGrain && string.Equals(context.MethodName, nameof(ICallGrain.CountRefusedAsync), StringComparison.Ordinal))
        {
            throw new ContractException("refused");
        }
    }
}

public interface ICallGrain : IGrainWithStringKey
{
    Task<int> CountAsync();

    Task<int> CountRefusedAsync();

    Task FailAsync(int number);

    [ResponseTimeout("00:00:01")]
    Task HoldAsync(string gate);

    [ResponseTimeout("00:00:01")]
    Task CallSelfAsync();

    Task<List<string>> AddAsync(List<string> basket, string item);

    Task<List<string>> BasketAsync();
}

public interface IMarkedGrain : IGrainWithStringKey
{
    /// <summary>What the request context had at the activation, in the grain's filter, and in the method after the filter has taken it.</summary>
    Task<string> MarksAsync();
}

[GrainType("contract-marked")]
public sealed class MarkedGrain : Grain, IMarkedGrain, IIncomingGrainCallFilter
{
    private string? _atActivation;
    private string? _inFilter;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atActivation = RequestContext.Get("mark") as string;
        return Task.CompletedTask;
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        _inFilter = RequestContext.Get("mark") as string;
        if (RequestContext.Remove("mark"))
        {
            RequestContext.Set("taken", "taken");
        }

        return context.Invoke();
    }

    public Task<string> MarksAsync() =>
        Task.FromResult($"{_atActivation ?? "none"}, {_inFilter ?? "none"}, {RequestContext.Get("mark") ?? RequestContext.Get("taken") ?? "none"}");
}

[GrainType("contract-call")]
public sealed class CallGrain(Gates gates) : Grain, ICallGrain
{
    private List<string> _basket = [];
    private int _count;

    public Task<int> CountAsync() => Task.FromResult(++_count);

    public Task<int> CountRefusedAsync() => CountAsync();

    public Task FailAsync(int number) => throw new ContractException("odd") { Number = number };

    public async Task HoldAsync(string gate)
    {
        gates.Open(gate + ".arrived");
        await gates.Opened(gate + ".release");
        gates.Open(gate + ".ended");
    }

    public Task CallSelfAsync() => this.AsReference<ICallGrain>().CallSelfAsync();

    public Task<List<string>> AddAsync(List<string> basket, string item)
    {
        basket.Add(item);
        _basket = basket;
        return Task.FromResult(_basket);
    }

    public Task<List<string>> BasketAsync() => Task.FromResult(_basket);
}
