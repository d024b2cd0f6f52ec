using ActorShop.Health;
using ActorShop.Inventory;
using ActorShop.Orders;
using ActorShop.Payments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop;

/// <summary>
/// Goal: no grain of a silo that is cut off answers, a reader as little as a writer. Method: a real silo with the filter, over a membership table that the test
/// holds; manual time for the agent alone.
/// </summary>
public sealed class CutOffFilterTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
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
        _time.Advance(TimeSpan.FromSeconds(1));

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
        _time.Advance(TimeSpan.FromSeconds(1));
        _cluster.Store.ReleaseWrites();

        await Should.ThrowAsync<SiloCutOffException>(() => adjusting);

        await _agent.StepAsync(CancellationToken.None);
        (await Stock.GetAsync()).OnHand.ShouldBe(10);
    }

    [Fact]
    public async Task Saga_WhoseRetryIsDueWhileTheSiloIsCutOff_ContinuesAfterwards()
    {
        await using var sale = await Sale.StartAsync(services => services.AddSingleton<IIncomingGrainCallFilter>(new CutOffFilter(_agent)));
        await sale.GivenStockAsync("a", 5);
        var order = sale.Grains.Order(new("ord_0199a0c0001d7000a000000000000001"));
        var command = Sale.Command(OrderTender.Card, Sale.Line("a", 2));
        var isBroken = true;
        for (var n = 0; n < 1_000; n++)
        {
            sale.Store.FailNextWrite(WriteFault.BeforeCommit, (state, _) => isBroken && state is "stock");
        }

        (await order.PlaceAsync(command, TimeSpan.FromMilliseconds(50))).Status.ShouldBe(OrderStatus.Pending);

        // The answer under way is refused. The retry runs, and its call to the stock is refused too.
        _time.Advance(TimeSpan.FromSeconds(1));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (_agent.Refused < 3)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }

        await _agent.StepAsync(CancellationToken.None);
        isBroken = false;
        (await order.PlaceAsync(command, TimeSpan.FromSeconds(20))).Status.ShouldBe(OrderStatus.Confirmed);
    }

    private sealed class Table : IMembershipReader, IOtherMembers
    {
        public ValueTask<Membership> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Membership.Member);

        public ValueTask<bool> AnyReadsTheTableAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);
    }
}
