using ActorShop.Accounting;
using ActorShop.Inventory;
using ActorShop.Payments;
using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Orders;

public sealed class OrderOperationsTests
{
    private static readonly OrderId Id = new("ord_0192f0c1a2b37c4d8e5f60718293a4b5");

    [Fact]
    public async Task Cancel_BeforeTheCapture_VoidsAndRestocks()
    {
        await using var sale = await StartAsync(OrderTender.Card, Sale.Line("a", 2));

        var result = await sale.Grains.Order(Id).CancelAsync("x", "changed my mind");

        var done = result.ShouldBeOfType<OrderOperationResult.Done>();
        done.Order.Status.ShouldBe(OrderStatus.Cancelled);
        done.Refunded.Amount.ShouldBe(0);
        await sale.AssertConsistentAsync(("a", 10));
    }

    [Fact]
    public async Task CustomersCancel_AfterTheCapture_IsRefused_AndChangesNothing()
    {
        await using var sale = await StartAsync(OrderTender.Card, Sale.Line("a", 2));
        await sale.Grains.Order(Id).CaptureAsync("c");
        var before = sale.Store.Writes.Length;

        var refused = (await sale.Grains.Order(Id).CancelByCustomerAsync("x", "changed my mind")).ShouldBeOfType<OrderOperationResult.Refused>();

        refused.Refusal.ShouldBe(new OrderRefusal.AlreadyCaptured());
        refused.Order.AllowedActions.ShouldBeEmpty();
        sale.Store.Writes.Length.ShouldBe(before);
    }

    [Fact]
    public async Task Cancel_AfterTheCapture_RefundsAndRestocks()
    {
        await using var sale = await StartAsync(OrderTender.Card, Sale.Line("a", 2));
        await sale.Grains.Order(Id).CaptureAsync("c");

        var done = (await sale.Grains.Order(Id).CancelAsync("x", "changed my mind")).ShouldBeOfType<OrderOperationResult.Done>();
        var again = (await sale.Grains.Order(Id).CancelAsync("x", "changed my mind")).ShouldBeOfType<OrderOperationResult.Done>();

        done.Refunded.Amount.ShouldBe(200);
        again.Refunded.ShouldBe(done.Refunded);
        sale.MoneyOf(done.Order).ShouldBe((0, 200, 200));
        await sale.AssertConsistentAsync(("a", 10));
    }

    [Fact]
    public async Task Refund_Repeated_RefundsAndRestocksOnce()
    {
        await using var sale = await StartAsync(OrderTender.Card, Sale.Line("a", 3), Sale.Line("b", 1));
        await sale.Grains.Order(Id).CaptureAsync("c");
        var request = new RefundRequest([new(new("a"), 2, new(150, "GBP"), Restock: true), new(new("b"), 1, null, Restock: false)], "broken", At: null, "R-1");

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => sale.Grains.Order(Id).RefundAsync("r", request)));

        results.ShouldAllBe(static result => result is OrderOperationResult.Done);
        var done = (OrderOperationResult.Done)results[0];
        done.Refunded.Amount.ShouldBe(400);
        done.Credited.Amount.ShouldBe(0);
        sale.MoneyOf(done.Order).ShouldBe((0, 400, 400));
        (await sale.Grains.Stock(new("a")).GetAsync()).OnHand.ShouldBe(9);
        (await sale.Grains.Stock(new("b")).GetAsync()).OnHand.ShouldBe(9);
    }

    [Fact]
    public async Task Refund_BeyondTheLine_CreditsTheRest()
    {
        await using var sale = await StartAsync(OrderTender.External, Sale.Line("a", 1));

        var done = (await sale.Grains.Order(Id).RefundAsync("r", new([new(new("a"), 1, new(130, "GBP"), Restock: true)], "broken", DateTimeOffset.UnixEpoch, "R-1", CreditNote: true)))
            .ShouldBeOfType<OrderOperationResult.Done>();

        done.Refunded.Amount.ShouldBe(100);
        done.Credited.Amount.ShouldBe(30);
        Balance(sale, Accounts.Cash).ShouldBe(0);
        Balance(sale, Accounts.CreditNotes).ShouldBe(30);
        Balance(sale, Accounts.CustomerCredit).ShouldBe(-30);
        var refunded = sale.Store.EventsIn(Id.Value).Single(static row => row.Type is "refunded");
        var refund = System.Text.Json.JsonDocument.Parse(refunded.Data).RootElement.GetProperty("refund");
        refund.GetProperty("externalId").GetString().ShouldBe("R-1");
        refund.GetProperty("units").GetInt64().ShouldBe(1);
        refund.GetProperty("credited").GetProperty("amount").GetInt64().ShouldBe(30);
    }

    [Theory]
    [InlineData("EUR", 1)]
    [InlineData("GBP", 10_000_000_000)]
    public async Task RefusedRefund_ChangesNothing(string currency, long unitPrice)
    {
        await using var sale = await StartAsync(OrderTender.External, Sale.Line("a", 1));
        var before = sale.Store.Writes.Length;

        (await sale.Grains.Order(Id).RefundAsync("r", new([new(new("a"), 1, new(unitPrice, currency), Restock: true)], "broken", At: null, ExternalId: null)))
            .ShouldBeAssignableTo<OrderOperationResult>().ShouldBe(
                currency is "EUR" ? new OrderOperationResult.CurrencyMismatch(0, "UnitPrice", "GBP") : new OrderOperationResult.ExceedsPaid(new("a"), new(100, "GBP")));

        sale.Store.Writes.Length.ShouldBe(before);
    }

    [Fact]
    public async Task UnitsOfAnUntrackedSku_NeverComeBack()
    {
        await using var sale = await Sale.StartAsync();
        var stock = sale.Grains.Stock(new("a"));
        await stock.SetPolicyAsync(StockPolicy.Untracked, backorderLimit: 0, expectedVersion: null);
        var before = await stock.GetAsync();
        var other = new OrderId("ord_0192f0c1a2b37c4d8e5f60718293a4b6");
        foreach (var id in new[] { Id, other })
        {
            (await sale.Grains.Order(id).PlaceAsync(Sale.Command(OrderTender.External, Sale.Line("a", 2)), TimeSpan.FromSeconds(20))).Status.ShouldBe(OrderStatus.Confirmed);
        }

        (await sale.Grains.Order(Id).RefundAsync("r", new([new(new("a"), 2, null, Restock: true)], "broken", At: null, ExternalId: null)))
            .ShouldBeOfType<OrderOperationResult.Done>();
        (await sale.Grains.Order(other).CancelAsync("x", "no")).ShouldBeOfType<OrderOperationResult.Done>();
        await sale.Grains.LedgerEntry("CN-1").PostAsync(new(
            "CN-1", new(150, "GBP"), Accounts.CreditNotes, "no invoice", DateTimeOffset.UnixEpoch, CustomerId: null, [new(new("a"), 3, new(50, "GBP"), Restock: true)]));

        (await stock.GetAsync()).ShouldBe(before);
        sale.Store.AllDue().ShouldBeEmpty();
    }

    [Fact]
    public async Task Refund_BeforeTheCapture_IsRefused()
    {
        await using var sale = await StartAsync(OrderTender.Card, Sale.Line("a", 1));

        (await sale.Grains.Order(Id).RefundAsync("r", new([new(new("a"), 1, null, Restock: true)], "broken", At: null, ExternalId: null)))
            .ShouldBeOfType<OrderOperationResult.Refused>().Refusal.ShouldBe(new OrderRefusal.NotCaptured());
    }

    [Fact]
    public async Task Cancel_DuringACapture_IsBusy_AndSucceedsLater()
    {
        await using var sale = await Sale.StartAsync(static services =>
            services.Configure<OrdersOptions>(static orders => orders.OperationTimeout = TimeSpan.FromSeconds(1)));
        await sale.GivenStockAsync("a", 10);
        var order = sale.Grains.Order(Id);
        var command = Sale.Command(OrderTender.Card, Sale.Line("a", 2)) with { PaymentToken = "tok_late" };
        await order.PlaceAsync(command, TimeSpan.Zero);

        (await order.CancelAsync("x", "no")).ShouldBeOfType<OrderOperationResult.Busy>().Refusal.ShouldBe(new OrderRefusal.OrderNotConfirmed());
        sale.Cluster.Time.Advance(TimeSpan.FromSeconds(20));
        (await order.PlaceAsync(command, TimeSpan.FromSeconds(20))).Status.ShouldBe(OrderStatus.Confirmed);
        (await order.CaptureAsync("c")).ShouldBeOfType<OrderOperationResult.Pending>();
        (await order.CancelAsync("x", "no")).ShouldBeOfType<OrderOperationResult.Busy>().Refusal.ShouldBe(new OrderRefusal.OperationInProgress());

        sale.Cluster.Time.Advance(TimeSpan.FromSeconds(20));
        (await order.CaptureAsync("c")).ShouldBeOfType<OrderOperationResult.Done>();
        (await order.CancelAsync("x", "no")).ShouldBeOfType<OrderOperationResult.Pending>();
        sale.Cluster.Time.Advance(TimeSpan.FromSeconds(20));
        (await order.CancelAsync("x", "no")).ShouldBeOfType<OrderOperationResult.Done>().Order.Status.ShouldBe(OrderStatus.Cancelled);
        await sale.AssertConsistentAsync(("a", 10));
    }

    [Fact]
    public async Task Operation_OnAMissingOrder_IsUnknown()
    {
        await using var sale = await Sale.StartAsync();

        (await sale.Grains.Order(Id).CancelAsync("x", "no")).ShouldBeOfType<OrderOperationResult.Unknown>();
    }

    [Fact]
    public async Task OldOperation_IsAnsweredFromTheHistory()
    {
        await using var sale = await StartAsync(OrderTender.External, Sale.Line("a", 9, price: 7), Sale.Line("b", 9, price: 7), Sale.Line("b", 1), Sale.Line("a", 1));
        await sale.GivenStockAsync("c", 100);
        var other = new OrderId("ord_0192f0c1a2b37c4d8e5f60718293a4b6");
        await sale.Grains.Order(other).PlaceAsync(Sale.Command(OrderTender.External, Sale.Line("c", 100, price: 1)), TimeSpan.FromSeconds(20));
        for (var i = 0; i < Order.StoredOperations + 5; i++)
        {
            await sale.Grains.Order(other).RefundAsync($"r{i}", new([new(new("c"), 1, null, Restock: false)], "one", At: null, ExternalId: null));
        }

        var again = await sale.Grains.Order(other).RefundAsync("r0", new([new(new("c"), 1, null, Restock: false)], "one", At: null, ExternalId: null));

        again.ShouldBeOfType<OrderOperationResult.Done>().Order.Refunded.Amount.ShouldBe(Order.StoredOperations + 5);
    }

    [Theory]
    [InlineData("order", WriteFault.BeforeCommit)]
    [InlineData("order", WriteFault.AfterCommit)]
    [InlineData("payment", WriteFault.BeforeCommit)]
    [InlineData("payment", WriteFault.AfterCommit)]
    [InlineData("stock", WriteFault.BeforeCommit)]
    [InlineData("stock", WriteFault.AfterCommit)]
    public async Task Refund_AfterAFailedWrite_RefundsOnce(string state, WriteFault fault)
    {
        await using var sale = await StartAsync(OrderTender.Card, Sale.Line("a", 3));
        await sale.Grains.Order(Id).CaptureAsync("c");
        var request = new RefundRequest([new(new("a"), 2, null, Restock: true)], "broken", At: null, ExternalId: null);
        var seen = 0;
        sale.Store.FailNextWrite(fault, (name, _) => string.Equals(name, state, StringComparison.Ordinal) && ++seen == 1);

        try
        {
            await sale.Grains.Order(Id).RefundAsync("r", request);
        }
        catch (Exception failure) when (failure is IOException or OrleansException)
        {
            // The first caller may learn of it; the second one does not care.
        }

        await sale.CrashAsync();
        await sale.SettleAsync();
        var done = (await sale.Grains.Order(Id).RefundAsync("r", request)).ShouldBeOfType<OrderOperationResult.Done>();

        done.Refunded.Amount.ShouldBe(200);
        sale.MoneyOf(done.Order).ShouldBe((0, 300, 200));
        (await sale.Grains.Stock(new("a")).GetAsync()).OnHand.ShouldBe(9);
    }

    [Fact]
    public async Task Refund_WhoseRequestIsNotWritten_DoesNotReachTheProvider()
    {
        await using var sale = await StartAsync(OrderTender.Card, Sale.Line("a", 3));
        await sale.Grains.Order(Id).CaptureAsync("c");
        var request = new RefundRequest([new(new("a"), 1, null, Restock: false)], "broken", At: null, ExternalId: null);

        // The order writes the first request, its end, and the second request. The end is held until the second request has arrived, whose write then fails.
        var (held, orders) = (new TaskCompletionSource<Task>(), 0);
        sale.Store.FailNextWrite(WriteFault.BeforeCommit, (state, _) =>
        {
            if (state is "payment")
            {
                held.TrySetResult(sale.Store.HoldWrites());
            }

            return state is "order" && ++orders == 3;
        });
        var first = sale.Grains.Order(Id).RefundAsync("r1", request);
        await await held.Task;
        var begun = sale.Cluster.Begun.NextAsync(nameof(IOrderGrain.RefundAsync));
        var second = sale.Grains.Order(Id).RefundAsync("r2", request);
        await begun;
        sale.Store.ReleaseWrites();

        (await first).ShouldBeOfType<OrderOperationResult.Done>();
        await Should.ThrowAsync<OrleansException>(second);
        await sale.CrashAsync();
        sale.MoneyOf((await sale.Grains.Order(Id).GetAsync())!).ShouldBe((0, 300, 100));
        (await sale.Grains.Order(Id).RefundAsync("r2", request)).ShouldBeOfType<OrderOperationResult.Done>().Refunded.Amount.ShouldBe(100);
        sale.MoneyOf((await sale.Grains.Order(Id).GetAsync())!).ShouldBe((0, 300, 200));
    }

    [Fact]
    public async Task Restock_AtTheStockLimit_Waits()
    {
        await using var sale = await StartAsync(OrderTender.External, Sale.Line("a", 3));
        var stock = sale.Grains.Stock(new("a"));
        (await stock.AdjustAsync("full", Inventory.Stock.MaxUnits - 7, "delivery")).ShouldBeOfType<Inventory.AdjustResult.Adjusted>();
        var request = new RefundRequest([new(new("a"), 3, null, Restock: true)], "broken", At: null, ExternalId: null);

        var refund = sale.Grains.Order(Id).RefundAsync("r", request);
        var entry = new LedgerEntry(
            "CN-2", new(150, "GBP"), Accounts.CreditNotes, "no invoice", DateTimeOffset.UnixEpoch, CustomerId: null,
            [new(new("a"), 3, new(50, "GBP"), Restock: true)]);
        (await sale.Grains.LedgerEntry("CN-2").PostAsync(entry)).ShouldBeOfType<PostEntryResult.Posted>();
        sale.Store.DueOf("entry", "entry/CN-2").ShouldNotBeNull();
        await stock.AdjustAsync("count", -10, "count");

        (await refund).ShouldBeOfType<OrderOperationResult.Done>();
        await sale.SettleAsync();
        (await stock.GetAsync()).OnHand.ShouldBe(Inventory.Stock.MaxUnits - 10 + 6);
    }

    [Fact]
    public async Task Entry_PostedTwice_IsStoredAndRestockedOnce()
    {
        await using var sale = await Sale.StartAsync();
        var entry = new LedgerEntry(
            "CN-1", new(150, "GBP"), Accounts.CreditNotes, "no invoice", DateTimeOffset.UnixEpoch, CustomerId: null,
            [new(new("a"), 3, new(50, "GBP"), Restock: true)]);

        (await sale.Grains.LedgerEntry("CN-1").PostAsync(entry)).ShouldBeOfType<PostEntryResult.Posted>();
        (await sale.Grains.LedgerEntry("CN-1").PostAsync(entry with { At = DateTimeOffset.MaxValue })).ShouldBeOfType<PostEntryResult.Posted>();
        (await sale.Grains.LedgerEntry("CN-1").PostAsync(entry with { Amount = new(1, "GBP") })).ShouldBeOfType<PostEntryResult.Taken>();

        (await sale.Grains.Stock(new("a")).GetAsync()).OnHand.ShouldBe(3);
        Balance(sale, Accounts.CreditNotes).ShouldBe(150);
        Balance(sale, Accounts.Cash).ShouldBe(-150);
        sale.Store.AllDue().ShouldBeEmpty();
    }

    private static long Balance(Sale sale, string account) =>
        sale.Store.Postings.Where(row => string.Equals(row.Posting.Account, account, StringComparison.Ordinal)).Sum(static row => row.Posting.Amount);

    private static async Task<Sale> StartAsync(OrderTender tender, params Line[] lines)
    {
        var sale = await Sale.StartAsync();
        foreach (var sku in lines.Select(static line => line.Sku.Value).Distinct(StringComparer.Ordinal))
        {
            await sale.GivenStockAsync(sku, 10);
        }

        (await sale.Grains.Order(Id).PlaceAsync(Sale.Command(tender, lines), TimeSpan.FromSeconds(20))).Status.ShouldBe(OrderStatus.Confirmed);
        return sale;
    }
}
