using System.Text.Json;
using ActorShop.Accounting;
using ActorShop.Payments;
using FsCheck;
using FsCheck.Fluent;
using static ActorShop.Orders.Sample;

namespace ActorShop.Orders;

public sealed class OrderOperationsTests
{
    [Fact]
    public void Capture_TakesTheWholeAmount_Once()
    {
        var order = Captured(Line("a", 2, 100));

        order.View(6)!.PaymentStatus.ShouldBe(PaymentStatus.Captured);
        order.RequestCapture("again", Noon, Options, 6).Reply
            .ShouldBeOfType<OrderOperationResult.Refused>().Refusal.ShouldBe(new OrderRefusal.AlreadyCaptured());
    }

    [Fact]
    public void Operation_OnAnUnconfirmedOrder_IsBusy_AndRefusedOnceItFailed()
    {
        var placed = Placed(OrderTender.Card, Line("a", 1, 100));
        placed.RequestCapture("c", Noon, Options, 2).Reply
            .ShouldBeOfType<OrderOperationResult.Busy>().Refusal.ShouldBe(new OrderRefusal.OrderNotConfirmed());

        var failed = placed.After(placed.Compensate(new(FailureCode.CheckoutExpired), Noon));
        failed = failed.After(failed.EndCompensation(Noon));
        failed.RequestCapture("c", Noon, Options, 4).Reply
            .ShouldBeOfType<OrderOperationResult.Refused>().Refusal.ShouldBe(new OrderRefusal.OrderNotConfirmed());
    }

    [Fact]
    public void Operation_DuringAnother_IsBusy()
    {
        var order = Captured(Line("a", 2, 100));
        var request = Request(new RefundItem(new("a"), 2, UnitPrice: null, Restock: false));
        order = order.After(order.RequestRefund("r", request, Noon, Options, 7));

        order.RequestCancel("x", "no", Noon, Options, 8).Reply
            .ShouldBeOfType<OrderOperationResult.Busy>().Refusal.ShouldBe(new OrderRefusal.OperationInProgress());
        order.RequestRefund("s", Request(new RefundItem(new("a"), 3, UnitPrice: null, Restock: false)), Noon, Options, 8).Reply
            .ShouldBe(new OrderOperationResult.NoSuchLine(new("a"), 0), "three units would be too many whatever becomes of the refund");

        order = order.After(order.Complete(order.FindOperation("r")!, Noon));
        order.RequestRefund("s", request, Noon, Options, 9).Reply.ShouldBe(new OrderOperationResult.NoSuchLine(new("a"), 0));
    }

    [Fact]
    public void Refund_BeyondTheLimitOfPendingOperations_IsBusy()
    {
        var order = Captured(Line("a", 100, 1));
        var request = Request(new RefundItem(new("a"), 1, UnitPrice: null, Restock: false));
        for (var i = 0; i < Order.MaxPendingOperations; i++)
        {
            order = order.After(order.RequestRefund($"r{i}", request, Noon, Options, 7));
        }

        order.RequestRefund("more", request, Noon, Options, 7).Reply
            .ShouldBeOfType<OrderOperationResult.Busy>().Refusal.ShouldBe(new OrderRefusal.TooManyOperations());
        order = order.After(order.Complete(order.FindOperation("r0")!, Noon));
        order.RequestRefund("more", request, Noon, Options, 8).Reply.ShouldBeNull();
    }

    [Fact]
    public void Refund_WithoutAPrice_RefundsThePricePaid()
    {
        var order = Refund(Captured(Line("a", 3, 100), Line("b", 1, 50)), "r", new RefundItem(new("a"), 2, UnitPrice: null, Restock: false));

        var view = order.View(9)!;
        view.Refunded.ShouldBe(Pounds(200));
        view.Credited.ShouldBe(Pounds(0));
        view.PaymentStatus.ShouldBe(PaymentStatus.PartiallyRefunded);
    }

    [Fact]
    public void Refund_AboveTheLine_IsRefused_UnlessACreditNoteIsAskedFor()
    {
        var order = Captured(Line("a", 1, 100));
        var request = Request(new RefundItem(new("a"), 1, Pounds(130), Restock: false));

        order.RequestRefund("r", request, Noon, Options, 7)
            .ShouldBe(new(new OrderOperationResult.ExceedsPaid(new("a"), Pounds(100)), []));
        order = order.After(order.RequestRefund("r", request with { CreditNote = true }, Noon, Options, 7));
        order = order.After(order.Complete(order.FindOperation("r")!, Noon));

        var view = order.View(9)!;
        view.Refunded.ShouldBe(Pounds(100));
        view.Credited.ShouldBe(Pounds(30));
        view.PaymentStatus.ShouldBe(PaymentStatus.Refunded);
    }

    [Fact]
    public void CreditNotes_OfAnOrder_AreBounded()
    {
        var order = Captured(Line("a", 2, 100));
        var half = Request(new RefundItem(new("a"), 0, UnitPrice: null, Restock: false, Pounds((Totals.Max / 2) + 200))) with { CreditNote = true };
        order = order.After(order.RequestRefund("r", half, Noon, Options, 7));

        order.RequestRefund("s", half, Noon, Options, 7).ShouldBe(new(new OrderOperationResult.TotalTooLarge(), []));
    }

    [Fact]
    public void Refund_OfAUnitBelowItsPrice_LeavesTheRestOfItsMoney()
    {
        var order = Refund(Captured(Line("a", 1, 1_000)), "r", new RefundItem(new("a"), 1, Pounds(300), Restock: false));

        order.RequestRefund("s", Request(new RefundItem(new("a"), 1, Pounds(700), Restock: false)), Noon, Options, 8).Reply
            .ShouldBe(new OrderOperationResult.NoSuchLine(new("a"), 0), "the unit is refunded");
        order = Refund(order, "t", new RefundItem(new("a"), 0, UnitPrice: null, Restock: false, Pounds(700)));

        order.View(9)!.Refunded.ShouldBe(Pounds(1_000));
        order.View(9)!.PaymentStatus.ShouldBe(PaymentStatus.Refunded);
        order.RequestRefund("u", Request(new RefundItem(new("a"), 0, UnitPrice: null, Restock: false, Pounds(1))), Noon, Options, 9).Reply
            .ShouldBe(new OrderOperationResult.ExceedsPaid(new("a"), Pounds(0)));
    }

    [Fact]
    public void Refund_UnitByUnit_SumsToExactlyWhatWasPaid()
    {
        var order = Captured(Line("a", 3, 334) with { Discounts = Pounds(2) });

        var refunded = new List<long>();
        for (var unit = 0; unit < 3; unit++)
        {
            order = Refund(order, $"r{unit}", new RefundItem(new("a"), 1, UnitPrice: null, Restock: false));
            refunded.Add(order.View(8)!.Refunded.Amount);
        }

        refunded.ShouldBe([333, 666, 1_000]);
    }

    [Fact]
    public void Refund_OfMoney_LeavesTheUnits_WhichAreWorthTheRest()
    {
        var order = Refund(Captured(Line("a", 2, 1_000)), "r", new RefundItem(new("a"), 0, UnitPrice: null, Restock: false, Pounds(300)));
        order.Returned[0].ShouldBe(new(0, 0, 300));

        order = Refund(order, "s", new RefundItem(new("a"), 1, UnitPrice: null, Restock: false));
        order.View(9)!.Refunded.ShouldBe(Pounds(1_300));
        order = Refund(order, "t", new RefundItem(new("a"), 1, UnitPrice: null, Restock: false));

        order.View(10)!.Refunded.ShouldBe(Pounds(2_000));
        order.View(10)!.Credited.ShouldBe(Pounds(0));
    }

    [Fact]
    public void Refund_InAnotherCurrency_NamesTheMember()
    {
        var order = Captured(Line("a", 1, 100));
        var fine = new RefundItem(new("a"), 1, Pounds(1), Restock: false);

        order.RequestRefund("r", Request(fine with { UnitPrice = new(1, "EUR") }), Noon, Options, 7)
            .ShouldBe(new(new OrderOperationResult.CurrencyMismatch(0, "UnitPrice", "GBP"), []));
        order.RequestRefund("r", Request(fine, fine with { UnitPrice = null, Amount = new(1, "EUR") }), Noon, Options, 7)
            .ShouldBe(new(new OrderOperationResult.CurrencyMismatch(1, "Amount", "GBP"), []));
    }

    [Fact]
    public void StoredRefundOfTheOldForm_KeepsItsMeaning()
    {
        // As it was stored before a credit note had to be asked for, and before units and money were told apart.
        const string Stored = """
            {"kind":"refund-requested","operationId":"r","request":{"items":[{"sku":"a","quantity":1,"unitPrice":{"amount":130,"currency":"GBP"},"restock":true}],"reason":"x"},
             "returns":[{"line":0,"units":1,"amount":100}],"refund":{"amount":100,"currency":"GBP"},"credit":{"amount":30,"currency":"GBP"},
             "at":"2026-03-02T12:00:00+00:00","look":"2026-03-02T12:00:10+00:00"}
            """;
        var order = Captured(Line("a", 2, 100)).After<Order, OrderEvent>([JsonSerializer.Deserialize<OrderEvent>(Stored, ShopJson.Options)!]);
        var operation = order.FindOperation("r")!;

        operation.MoveUnits(order).ShouldHaveSingleItem().Quantity.ShouldBe(1);
        order = order.After(order.Complete(operation, Noon));

        (order.View(9)!.Refunded, order.View(9)!.Credited).ShouldBe((Pounds(100), Pounds(30)));
        order.RequestRefund("s", Request(new RefundItem(new("a"), 2, UnitPrice: null, Restock: false)), Noon, Options, 9).Reply
            .ShouldBe(new OrderOperationResult.NoSuchLine(new("a"), 1));
    }

    [Fact]
    public void Refund_OfASkuOnSeveralLines_PrefersTheLineWithThePrice()
    {
        var order = Captured(Line("a", 1, 100), Line("a", 1, 200));

        var decision = order.RequestRefund("r", Request(new RefundItem(new("a"), 1, Pounds(200), Restock: false)), Noon, Options, 7);

        var requested = decision.Events.ShouldHaveSingleItem().ShouldBeOfType<OrderEvent.RefundRequested>();
        requested.Returns.ShouldBe([new(1, 1, 200)]);
        requested.Credit.ShouldBe(Pounds(0));
    }

    [Fact]
    public void Refund_OfTooManyUnits_ReturnsTheRefundableUnits()
    {
        var order = Refund(Captured(Line("a", 3, 100)), "r", new RefundItem(new("a"), 2, UnitPrice: null, Restock: false));

        order.RequestRefund("s", Request(new RefundItem(new("a"), 2, UnitPrice: null, Restock: false)), Noon, Options, 8).Reply
            .ShouldBe(new OrderOperationResult.NoSuchLine(new("a"), 1));
        order.RequestRefund("t", Request(new RefundItem(new("z"), 1, UnitPrice: null, Restock: false)), Noon, Options, 8).Reply
            .ShouldBe(new OrderOperationResult.NoSuchLine(new("z"), 0));
    }

    [Fact]
    public void PendingRefund_ReservesItsUnits_UntilItIsDeclined()
    {
        var order = Captured(Line("a", 1, 100));
        var request = Request(new RefundItem(new("a"), 1, UnitPrice: null, Restock: false));
        order = order.After(order.RequestRefund("r", request, Noon, Options, 7));

        order.RequestRefund("s", request, Noon, Options, 7).Reply
            .ShouldBeOfType<OrderOperationResult.Busy>().Refusal.ShouldBe(new OrderRefusal.OperationInProgress());
        order = order.After(order.Decline(order.FindOperation("r")!, "no_way", Noon));

        order.RequestRefund("s", request, Noon, Options, 8).Reply.ShouldBeNull();
        order.AnswerOf(order.FindOperation("r")!.Outcome, 8).ShouldBeOfType<OrderOperationResult.Declined>().DeclineCode.ShouldBe("no_way");
    }

    [Fact]
    public void Cancel_OfAnUncapturedOrder_ReducesTheSales_AndPostsNothing()
    {
        var order = Confirmed(OrderTender.Card, Line("a", 2, 100));
        order = order.After(order.RequestCancel("c", "changed my mind", Noon, Options, 5));

        var ended = order.Complete(order.FindOperation("c")!, Noon);

        var cancelled = ended.ShouldHaveSingleItem().ShouldBeOfType<OrderEvent.Cancelled>();
        cancelled.Refund.Refunded.ShouldBe(Pounds(200));
        cancelled.Postings.ShouldBeEmpty();
        order.After(ended).View(6)!.Status.ShouldBe(OrderStatus.Cancelled);
        order.After(ended).View(6)!.PaymentStatus.ShouldBe(PaymentStatus.Voided);
        order.After(ended).View(6)!.Refunded.ShouldBe(Pounds(0));
    }

    [Fact]
    public void CustomersCancel_EndsAtTheCapture_AndAfterTheWindow()
    {
        var order = Confirmed(OrderTender.Card, Line("a", 2, 100));
        var end = Noon + Options.CancelWindow;
        order.RequestCancel("c", "no", end.AddTicks(-1), Options, 5, byCustomer: true).Reply.ShouldBeNull();
        order.View(5, end.AddTicks(-1))!.AllowedActions.ShouldBe(["cancel"]);

        order.RequestCancel("c", "no", end, Options, 5, byCustomer: true).Reply
            .ShouldBeOfType<OrderOperationResult.Refused>().Refusal.ShouldBe(new OrderRefusal.CancelWindowOver());
        order.View(5, end)!.AllowedActions.ShouldBeEmpty();
        order.RequestCancel("c", "no", end, Options, 5).Reply.ShouldBeNull("employees may");

        foreach (var captured in new[] { Captured(Line("a", 2, 100)), Confirmed(OrderTender.External, Line("a", 2, 100)), Refund(Captured(Line("a", 2, 100)), "r", new(new("a"), 1, null, false)) })
        {
            captured.RequestCancel("c", "no", Noon, Options, 7, byCustomer: true).Reply
                .ShouldBeOfType<OrderOperationResult.Refused>().Refusal.ShouldBe(new OrderRefusal.AlreadyCaptured());
            captured.View(7, Noon)!.AllowedActions.ShouldBeEmpty();
            captured.RequestCancel("c", "no", Noon, Options, 7).Reply.ShouldBeNull("employees may");
        }
    }

    [Fact]
    public void StoredOrderOfTheOldForm_CanBeCancelledAtAnyTime()
    {
        var order = Confirmed(OrderTender.Card, Line("a", 2, 100));
        order = order with { Command = order.Command! with { CancelUntil = null } };

        order.RequestCancel("c", "no", DateTimeOffset.MaxValue - Options.ResumeAfter, Options, 5, byCustomer: true).Reply.ShouldBeNull();
    }

    [Fact]
    public void Cancel_AfterAPartialRefund_RefundsTheRest()
    {
        var order = Refund(Captured(Line("a", 3, 100)), "r", new RefundItem(new("a"), 1, UnitPrice: null, Restock: false));
        order = order.After(order.RequestCancel("c", "no", Noon, Options, 8));

        order.FindOperation("c")!.MoveUnits(order).ShouldHaveSingleItem().Quantity.ShouldBe(2);
        order = order.After(order.Complete(order.FindOperation("c")!, Noon));

        order.View(9)!.Refunded.ShouldBe(Pounds(300));
        order.View(9)!.PaymentStatus.ShouldBe(PaymentStatus.Refunded);
        order.RequestCancel("d", "no", Noon, Options, 9).Reply
            .ShouldBeOfType<OrderOperationResult.Refused>().Refusal.ShouldBe(new OrderRefusal.AlreadyCancelled());
    }

    [Fact]
    public void OldOperations_LeaveTheState()
    {
        var order = Captured(Line("a", 100, 1));
        for (var i = 0; i < 50; i++)
        {
            order = Refund(order, $"r{i}", new RefundItem(new("a"), 1, UnitPrice: null, Restock: false));
        }

        order.Operations.Length.ShouldBe(Order.StoredOperations);
        order.Forgotten.ShouldBe(51 - Order.StoredOperations);
        order.View(1)!.Refunded.ShouldBe(Pounds(50));
    }

    [Fact]
    public void Refunds_NeverExceedWhatEachLineBroughtIn()
    {
        var lines = Gen.NonEmptyListOf(
            from sku in Gen.Elements("a", "b", "c")
            from quantity in Gen.Choose(1, 5)
            from price in Gen.Choose(0, 300)
            select Line(sku, quantity, price));
        var items = Gen.ListOf(
            from sku in Gen.Elements("a", "b", "c")
            from quantity in Gen.Choose(1, 4)
            from price in Gen.Choose(-1, 400)
            from isMoney in Gen.Elements(false, false, true)
            select isMoney && price > 0
                ? new RefundItem(new(sku), Quantity: 0, UnitPrice: null, Restock: false, Pounds(price))
                : new RefundItem(new(sku), quantity, price < 0 ? null : Pounds(price), Restock: false));
        var cases = from order in lines from refunds in items from declined in Gen.Choose(0, 3) select (order, refunds, declined);

        Prop.ForAll(cases.ToArbitrary(), static input =>
        {
            var order = Captured([.. input.order]);
            var postings = new List<(string Account, Money Amount)>();
            var stated = 0L;
            foreach (var (index, item) in input.refunds.Index())
            {
                var before = order;
                var decision = order.RequestRefund($"r{index}", Request(item), Noon, Options, 7);
                if (decision.Reply is OrderOperationResult.ExceedsPaid { Refundable: var refundable })
                {
                    decision = order.RequestRefund($"r{index}", Request(item) with { CreditNote = true }, Noon, Options, 7);
                    if (decision.Events is not [OrderEvent.RefundRequested { Credit.Amount: > 0 } requested] || requested.Refund != refundable)
                    {
                        return false;
                    }
                }

                order = order.After(decision);
                if (decision.Reply is not null)
                {
                    continue;
                }

                var operation = order.FindOperation($"r{index}")!;
                var end = index % 4 == input.declined ? order.Decline(operation, "no", Noon) : order.Complete(operation, Noon);
                order = order.After(end);
                postings.AddRange(end.SelectMany(static happened => happened.Postings));
                if (order.FindOperation($"r{index}")!.DeclineCode is not null)
                {
                    if (order.RemainingMoney != before.RemainingMoney)
                    {
                        return false;
                    }
                }
                else
                {
                    stated += operation.Refunded + operation.Credited;
                }
            }

            var view = order.View(1)!;
            var isWithinLines = order.Returned.All(line =>
                line.Value.Units <= view.Items[line.Key].Quantity && line.Value.Amount <= view.Items[line.Key].LineTotal.Amount);
            return isWithinLines
                && view.Refunded.Amount + view.Credited.Amount == stated
                && view.Refunded.Amount + order.RemainingMoney.Amount == view.Totals.Total.Amount
                && postings.Sum(static posting => posting.Amount.Amount) == 0
                && postings.Where(static posting => posting.Account is Accounts.Cash).Sum(static posting => posting.Amount.Amount)
                    == -view.Refunded.Amount;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(false, 950)]
    [InlineData(true, 900)]
    public void Refund_OfALineWithDiscountAndTax_IsWhatWasPaidForIt(bool taxInclusive, long paid)
    {
        var line = Line("a", 2, 500) with { Discounts = Pounds(100), Taxes = Pounds(50) };
        var command = Command(OrderTender.External, line, Line("b", 1, 300)) with
        {
            Shipping = Pounds(499),
            ShippingTaxes = Pounds(25),
            TaxInclusive = taxInclusive,
        };
        var order = Confirmed(command);
        var total = paid + 300 + 499 + (taxInclusive ? 0 : 25);
        order.View(5)!.Totals.ShouldBe(new(Pounds(1_300), Pounds(100), Pounds(75), Pounds(499), Pounds(total), taxInclusive));

        order = Refund(order, "r", new RefundItem(new("a"), 1, UnitPrice: null, Restock: false));
        order.View(6)!.Refunded.ShouldBe(Pounds(paid / 2));
        order = Refund(order, "s", new RefundItem(new("a"), 1, UnitPrice: null, Restock: false));
        order.View(7)!.Refunded.ShouldBe(Pounds(paid));
        order = Refund(order, "t", new RefundItem(new("b"), 1, UnitPrice: null, Restock: false));
        order.View(8)!.Refunded.ShouldBe(Pounds(paid + 300), "the shipping is in no line");

        order = order.After(order.RequestCancel("c", "no", Noon, Options, 8));
        order.After(order.Complete(order.FindOperation("c")!, Noon)).View(9)!.Refunded.ShouldBe(Pounds(total));
    }

    [Fact]
    public void Ship_MovesWhatWasNotRefunded_AndEndsCancelling()
    {
        var order = Refund(Captured(Line("a", 3, 100), Line("b", 1, 50)), "r", new RefundItem(new("a"), 1, UnitPrice: null, Restock: true));

        order.RequestShip("s", Noon, Options, 8).Reply.ShouldBeNull();
        order = order.After(order.RequestShip("s", Noon, Options, 8));
        order.FindOperation("s")!.MoveUnits(order).Select(static units => (units.Sku.Value, units.Quantity, units.Restock)).ShouldBe([("a", 2, false), ("b", 1, false)]);
        order = order.After(order.Complete(order.FindOperation("s")!, Noon));

        order.View(10)!.FulfilmentStatus.ShouldBe(FulfilmentStatus.Fulfilled);
        order.ReservationEnd.ShouldBe(ReservationEnd.Released, "a reservation that comes late takes nothing");
        foreach (var reply in new[] { order.RequestShip("t", Noon, Options, 10).Reply, order.RequestCancel("x", "no", Noon, Options, 10).Reply })
        {
            reply.ShouldBeOfType<OrderOperationResult.Refused>().Refusal.ShouldBe(new OrderRefusal.AlreadyShipped());
        }

        Refund(order, "u", new RefundItem(new("a"), 2, UnitPrice: null, Restock: true)).View(12)!.Refunded.ShouldBe(Pounds(300));
    }

    [Fact]
    public void Ship_OfAnOrderThatWasRefundedInWhole_IsRefused()
    {
        var order = Refund(Captured(Line("a", 1, 100)), "r", new RefundItem(new("a"), 1, UnitPrice: null, Restock: true));

        order.RequestShip("s", Noon, Options, 8).Reply.ShouldBeOfType<OrderOperationResult.Refused>().Refusal.ShouldBe(new OrderRefusal.NothingToShip());
    }

    [Theory]
    [InlineData(true, FulfilmentStatus.Fulfilled, ReservationEnd.Shipped)]
    [InlineData(false, FulfilmentStatus.Unfulfilled, ReservationEnd.Allocated)]
    public void ImportedOrder_IsShippedWhenItIsConfirmed_UnlessItSaysOtherwise(bool fulfilled, FulfilmentStatus status, ReservationEnd end)
    {
        var order = Confirmed(Command(OrderTender.External, Line("a", 1, 100)) with { Fulfilled = fulfilled });

        order.View(2)!.FulfilmentStatus.ShouldBe(status);
        order.SettledView(2)!.FulfilmentStatus.ShouldBe(status);
        order.ReservationEnd.ShouldBe(end);
    }

    [Fact]
    public void CustomersCancel_UntilTheOrderIsShipped()
    {
        var order = Confirmed(OrderTender.Card, Line("a", 1, 100));
        order.View(2)!.AllowedActions.ShouldBe(["cancel"]);
        order = order.After(order.RequestShip("s", Noon, Options, 2));
        order = order.After(order.Complete(order.FindOperation("s")!, Noon));

        order.View(4)!.AllowedActions.ShouldBeEmpty();
        order.RequestCancel("x", "no", Noon, Options, 4, byCustomer: true).Reply
            .ShouldBeOfType<OrderOperationResult.Refused>().Refusal.ShouldBe(new OrderRefusal.AlreadyShipped());
    }

    private static RefundRequest Request(params RefundItem[] items) => new([.. items], "broken", At: null, ExternalId: null);

    private static Order Refund(Order order, string operationId, RefundItem item)
    {
        order = order.After(order.RequestRefund(operationId, Request(item), Noon, Options, 7));
        return order.After(order.Complete(order.FindOperation(operationId)!, Noon));
    }
}
