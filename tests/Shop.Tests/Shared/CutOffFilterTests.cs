using ActorShop.Health;
using ActorShop.Inventory;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop;

/// <summary>
/// Goal: no grain of a silo that is cut off answers, a reader as little as a writer. Method: a real silo with the filter, over a membership table that the test
/// holds; manual time for the agent alone.
/// </summary>
public sealed class CutOffFilterTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly Table _table = new();
    private readonly HealthAgent _agent;
    private ShopCluster _cluster = null!;

    public CutOffFilterTests() => _agent = new(new HealthOptions(), _table, _table, _time);

    private IStockGrain Stock => _cluster.Grains.Stock(new Sku("A1"));

    public async Task InitializeAsync()
    {
        _cluster = await ShopCluster.StartAsync(services => services.AddSingleton<IIncomingGrainCallFilter>(new CutOffFilter(_agent)));
        await _agent.StepAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Call_WhileTheTableWasReadRecently_IsAnswered()
    {
        await Stock.AdjustAsync("one", 5, "count");

        (await Stock.GetAsync()).OnHand.ShouldBe(5);
    }

    [Fact]
    public async Task Call_OfASiloThatIsCutOff_IsNotExecuted()
    {
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));

        await Should.ThrowAsync<SiloCutOffException>(() => Stock.AdjustAsync("one", 5, "count"));
        await Should.ThrowAsync<SiloCutOffException>(() => Stock.GetAsync());

        await _agent.StepAsync(CancellationToken.None);
        (await Stock.GetAsync()).OnHand.ShouldBe(0);
    }

    [Fact]
    public async Task Call_DuringWhichTheSiloIsCutOff_IsExecutedAndNotAnswered()
    {
        await Stock.AdjustAsync("one", 5, "count");
        var held = _cluster.Store.HoldWrites();
        var adjusting = Stock.AdjustAsync("two", 5, "count");
        await held;
        await _time.AdvanceAsync(TimeSpan.FromSeconds(1));
        _cluster.Store.ReleaseWrites();

        await Should.ThrowAsync<SiloCutOffException>(() => adjusting);

        await _agent.StepAsync(CancellationToken.None);
        (await Stock.GetAsync()).OnHand.ShouldBe(10);
    }

    private sealed class Table : IMembershipReader, IOtherMembers
    {
        public ValueTask<Membership> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Membership.Member);

        public ValueTask<bool> AnyReadsTheTableAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);
    }
}
