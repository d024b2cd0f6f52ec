using ActorShop.Inventory;
using ActorShop.Payments;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Orders;

public sealed class OrderGrainTests
{
    private static readonly OrderId Id = new("ord_0192f0c1a2b37c4d8e5f60718293a4b5");
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Order_PlacedTwice_IsOneOrder()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));
        var command = Sale.Command(OrderTender.Card, Sale.Line("a", 2));

        var both = await Task.WhenAll(sale.Grains.Order(Id).PlaceAsync(command, Budget), sale.Grains.Order(Id).PlaceAsync(command, Budget));

        both[0].Status.ShouldBe(OrderStatus.Confirmed);
        both[0].PaymentStatus.ShouldBe(PaymentStatus.Authorised);
        both[1].Version.ShouldBe(both[0].Version);
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task Order_WithOneMissingSku_FailsAndReleasesTheOthers()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5), ("b", 1));

        var order = await sale.Grains.Order(Id).PlaceAsync(Sale.Command(OrderTender.Card, Sale.Line("a", 2), Sale.Line("b", 1), Sale.Line("b", 1)), Budget);

        order.Status.ShouldBe(OrderStatus.Failed);
        order.Failure.ShouldBe(new OrderFailure(FailureCode.InsufficientStock, Sku: new Sku("b"), Available: 1));
        await sale.AssertConsistentAsync(("a", 5), ("b", 1));
        sale.Journal.Entries.ShouldAllBe(static entry => entry.Kind == ProviderOperationKind.Void, "an authorisation in flight must not land");
    }

    [Fact]
    public async Task ImportedOrder_IsCaptured_WithoutTheProvider()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));

        var order = await sale.Grains.Order(Id).PlaceAsync(Sale.Command(OrderTender.External, Sale.Line("a", 2)), Budget);

        order.PaymentStatus.ShouldBe(PaymentStatus.Captured);
        sale.Journal.Entries.ShouldBeEmpty();
        sale.Store.Postings.Select(static row => (row.Posting.Account, row.Posting.Amount)).ShouldBe([("cash", 200L), ("sales", -200L)]);
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Order_ComputesItsTotals_WithTheTaxSettingOfTheInstallation(bool inclusive)
    {
        await using var sale = await Sale.StartAsync(services =>
            services.Configure<OrdersOptions>(orders => orders.TaxInclusive = inclusive));
        await sale.GivenStockAsync("a", 5);
        var command = Sale.Command(OrderTender.External, Sale.Line("a", 2));

        var order = await sale.Grains.Order(Id).PlaceAsync(command, Budget);

        order.Status.ShouldBe(OrderStatus.Confirmed);
        order.Totals.ShouldBe(Totals.Of(command.Lines, "GBP", inclusive));
        (await sale.Grains.Order(Id).PlaceAsync(command, Budget)).Totals.ShouldBe(order.Totals);
    }

    [Fact]
    public async Task Order_OfAThousandLines_IsReservedAndConfirmedAsOne()
    {
        await using var sale = await Sale.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 1_114).Select(n => sale.GivenStockAsync($"sku{n}", 3)));
        var before = sale.Store.Writes.Length;

        var order = await sale.Grains.Order(Id).PlaceAsync(
            Sale.Command(OrderTender.External, [.. Enumerable.Range(0, 1_114).Select(static n => Sale.Line($"sku{n}", 1 + (n % 3)))]),
            TimeSpan.FromSeconds(25));

        order.Status.ShouldBe(OrderStatus.Confirmed);
        order.Items.Length.ShouldBe(1_114);
        var writes = sale.Store.Writes[before..];
        writes.Count(static write => write.StateName is "stock").ShouldBeInRange(1_114, 2 * 1_114);
        writes.Count(static write => write.StateName is "order").ShouldBe(2);
    }

    [Fact]
    public async Task UntrackedUnits_CostNoWrite()
    {
        await using var sale = await Sale.StartAsync();
        await sale.Grains.Stock(new("post")).SetPolicyAsync(Inventory.StockPolicy.Untracked, 0, expectedVersion: null);
        var before = sale.Store.Writes.Length;

        var order = await sale.Grains.Order(Id).PlaceAsync(Sale.Command(OrderTender.External, Sale.Line("post", 1)), Budget);

        order.Status.ShouldBe(OrderStatus.Confirmed);
        sale.Store.Writes[before..].ShouldAllBe(static write => write.StateName != "stock");
    }

    [Theory]
    [InlineData("tok_timeout")]
    [InlineData("tok_twice")]
    public async Task UnclearProviderAnswer_ChargesOnce(string token)
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));

        var order = await sale.Grains.Order(Id).PlaceAsync(
            Sale.Command(OrderTender.Card, Sale.Line("a", 2)) with { PaymentToken = token }, Budget);
        var captured = await sale.Grains.Order(Id).CaptureAsync("c");

        order.Status.ShouldBe(OrderStatus.Confirmed);
        captured.ShouldBeOfType<OrderOperationResult.Done>();
        sale.MoneyOf(order).ShouldBe((0, 200, 0));
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task SilentProvider_HoldsNothingAfterTheDeadline()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));
        var command = Sale.Command(OrderTender.Card, Sale.Line("a", 2)) with { PaymentToken = "tok_late" };
        await sale.Grains.Order(Id).PlaceAsync(command, TimeSpan.FromMilliseconds(50));

        // The crash keeps the driver from hearing of the decision before the deadline is over.
        await sale.CrashAsync();
        sale.Cluster.Time.Advance(new OrdersOptions().Deadline + TimeSpan.FromSeconds(1));
        await sale.SettleAsync();

        var order = await sale.Grains.Order(Id).GetAsync();
        order!.Status.ShouldBe(OrderStatus.Failed);
        order.Failure!.Code.ShouldBe(FailureCode.CheckoutExpired);
        order.PaymentStatus.ShouldBe(PaymentStatus.Voided);
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task History_HasEveryStep_AndNoToken()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));

        await sale.Grains.Order(Id).PlaceAsync(Sale.Command(OrderTender.Card, Sale.Line("a", 2)), Budget);

        var events = sale.Store.EventsIn(Id.Value);
        events.Select(static row => row.Type).ShouldBe(["placed", "confirmed"]);
        events.ShouldAllBe(static row => !row.Data.Contains("tok_ok", StringComparison.Ordinal));
        sale.Store.Outbox.Where(static row => row.Stream.StartsWith(OrderId.Prefix, StringComparison.Ordinal)).Select(static row => row.Sequence)
            .ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Payment_IsAnsweredFromTheOrder()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));
        var order = sale.Grains.Order(Id);
        (await order.GetPaymentAsync()).ShouldBeNull();
        await order.PlaceAsync(Sale.Command(OrderTender.Card, Sale.Line("a", 2)), Budget);
        await order.CaptureAsync("c");

        var payment = (await order.GetPaymentAsync())!;

        payment.Operations.Select(static done => done.Kind).ShouldBe(["authorise", "capture"]);
        payment.Operations.Select(static done => done.Key).ShouldBe(sale.Journal.Entries.Select(static entry => entry.Key));
        (payment.Id, payment.Status, payment.Captured.Amount).ShouldBe((Order.PaymentOf(Id), PaymentStatus.Captured, 200));
    }

    [Fact]
    public async Task OrderThatIsNotStored_EndsBeforeALateCommand()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));
        var order = sale.Grains.Order(Id);

        (await order.EndIfAbsentAsync(TimeSpan.Zero)).ShouldBeNull();
        (await order.GetReservationEndAsync()).ShouldBe(ReservationEnd.Released);
        var late = await order.PlaceAsync(Sale.Command(OrderTender.Card, Sale.Line("a", 2)), Budget);

        (late.Status, late.Failure!.Interrupted).ShouldBe((OrderStatus.Failed, true));
        (await order.GetAsync()).ShouldBeNull();
        sale.Journal.Entries.ShouldBeEmpty();
        await sale.AssertConsistentAsync(("a", 5));
    }

    [Fact]
    public async Task Reservation_OfAnOrderThatNeverCame_IsFreeOnceTheOrderWasAsked()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));
        await sale.Grains.Stock(new("a")).ReserveAsync(Id, 2);

        sale.Cluster.Time.Advance(TimeSpan.FromSeconds(29));
        await sale.Cluster.ResumeAllAsync(rounds: 1);
        (await sale.Grains.Stock(new("a")).GetAsync()).Reserved.ShouldBe(2);
        await sale.RestAsync("a");

        (await sale.Grains.Stock(new("a")).GetAsync()).Reserved.ShouldBe(0);
        sale.Store.EventsIn(Id.Value).Select(static row => row.Type).ShouldBe(["failed"]);
    }

    [Fact]
    public async Task Reservation_OfAPendingOrder_IsNotDroppedByAClock()
    {
        await using var sale = await Sale.WithStockAsync(("a", 5));
        await sale.Grains.Order(Id).PlaceAsync(Sale.Command(OrderTender.Card, Sale.Line("a", 2)) with { PaymentToken = "tok_late" }, TimeSpan.Zero);
        for (var minute = 0; minute < 10; minute++)
        {
            sale.Cluster.Time.Advance(TimeSpan.FromSeconds(0.5));
            await sale.Cluster.ResumeAllAsync(rounds: 1);
            (await sale.Grains.Stock(new("a")).GetAsync()).Reserved.ShouldBe(2);
        }

        sale.Cluster.Time.Advance(TimeSpan.FromMinutes(1));
        await sale.SettleAsync();
        await sale.AssertConsistentAsync(("a", 5));
    }
}
