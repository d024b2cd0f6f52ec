using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>Goal: an external id names at most one order that did not fail, whatever was refused or cut off before.</summary>
public sealed class ExternalIdTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task ExternalIdOfAFailedOrder_IsFree()
    {
        await using var sale = await Sale.WithStockAsync(("a", 1));
        (await PlaceAsync(sale, 1, quantity: 2)).Failure!.Code.ShouldBe(FailureCode.InsufficientStock);
        await sale.GivenStockAsync("b", 5);

        (await PlaceAsync(sale, 2, quantity: 1)).Status.ShouldBe(OrderStatus.Confirmed);

        (await sale.Grains.Order(Id(1)).GetAsync())!.Status.ShouldBe(OrderStatus.Failed);
        await sale.AssertConsistentAsync(("a", 1));
    }

    [Fact]
    public async Task ExternalIdOfAnotherOrder_IsRefused_AndNothingIsWritten()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));
        await PlaceAsync(sale, 1);
        var before = sale.Store.Writes.Length;

        var refused = await PlaceAsync(sale, 2);
        var again = await PlaceAsync(sale, 2);

        (refused.Status, refused.Failure!.Code, refused.Version).ShouldBe((OrderStatus.Failed, FailureCode.ExternalIdTaken, 0));
        again.Failure.ShouldBe(refused.Failure);
        sale.Store.Writes.Length.ShouldBe(before);
        (await sale.Grains.Order(Id(2)).GetAsync()).ShouldBeNull();
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Theory]
    [InlineData("external-id", WriteFault.BeforeCommit)]
    [InlineData("external-id", WriteFault.AfterCommit)]
    [InlineData("stock", WriteFault.BeforeCommit)]
    [InlineData("stock", WriteFault.AfterCommit)]
    [InlineData("order", WriteFault.BeforeCommit)]
    public async Task InterruptedOrder_IsPlacedByTheRepeat_Once(string state, WriteFault fault)
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));
        var isRunning = true;
        sale.Store.FailNextWrite(fault, (name, _) => isRunning && string.Equals(name, state, StringComparison.Ordinal));
        var cut = PlaceAsync(sale, 1, budget: TimeSpan.Zero);
        await sale.CrashAsync();
        await Record.ExceptionAsync(() => cut);
        isRunning = false;

        // Under another id, as a client does that lost its key; then the first one comes back.
        var placed = await PlaceAsync(sale, 2);
        var first = await PlaceAsync(sale, 1);

        new[] { placed.Status, first.Status }.Count(static status => status is OrderStatus.Confirmed).ShouldBe(1);
        new[] { placed, first }.Single(static order => order.Status is not OrderStatus.Confirmed).Failure!.Code.ShouldBe(FailureCode.ExternalIdTaken);
        await sale.SettleAsync();
        await sale.RestAsync("a");
        (await sale.Grains.Stock(new("a")).GetAsync()).ShouldBe(new StockLevel(new("a"), 4, 0, StockPolicy.Tracked, 0, Version: sale.Store.EventsIn("sku/a").Length));
    }

    [Fact]
    public async Task ExternalIdClaimedByManyOrders_HasOneOwner()
    {
        await using var sale = await Sale.WithStockAsync(("a", 50));

        var orders = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => PlaceAsync(sale, n)));

        orders.Count(static order => order.Status is OrderStatus.Confirmed).ShouldBe(1);
        orders.Count(static order => order.Failure?.Code is FailureCode.ExternalIdTaken).ShouldBe(19);
        await sale.AssertConsistentAsync(("a", 50));
    }

    [Theory]
    [InlineData("external-id", WriteFault.AfterCommit)]
    [InlineData("cart", WriteFault.BeforeCommit)]
    public async Task InterruptedCart_LeavesItsExternalIdFree(string state, WriteFault fault)
    {
        await using var sale = await Sale.StartAsync();
        var isRunning = true;
        sale.Store.FailNextWrite(fault, (name, _) => isRunning && string.Equals(name, state, StringComparison.Ordinal));
        await Should.ThrowAsync<Exception>(() => sale.Grains.Cart(new("cart_1")).CreateAsync("GBP", "basket"));
        await sale.CrashAsync();
        isRunning = false;

        (await sale.Grains.Cart(new("cart_2")).CreateAsync("GBP", "basket"))!.ExternalId.ShouldBe("basket");

        (await sale.Grains.Cart(new("cart_1")).GetAsync()).ShouldBeNull();
        (await sale.Grains.Cart(new("cart_1")).CreateAsync("GBP", "basket")).ShouldBeNull();
        (await sale.Grains.Cart(new("cart_2")).CreateAsync("GBP", "basket"))!.Version.ShouldBe(1);
    }

    private static OrderId Id(int number) => new($"ord_{number:x32}");

    private static Task<OrderView> PlaceAsync(Sale sale, int number, int quantity = 1, TimeSpan? budget = null) => sale.Grains.Order(Id(number))
        .PlaceAsync(Sale.Command(OrderTender.External, Sale.Line("a", quantity)) with { ExternalId = "536365" }, budget ?? Budget);
}
