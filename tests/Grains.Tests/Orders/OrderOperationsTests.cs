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
        var reserved = Reserved(OrderTender.Card, Line("a", 1, 100));
        reserved.RequestCapture("c", Noon, Options, 2).Reply
            .ShouldBeOfType<OrderOperationResult.Busy>().Refusal.ShouldBe(new OrderRefusal.OrderNotConfirmed());

        var failed = reserved.After(reserved.Expire(Noon + Options.Deadline));
        failed = failed.After(failed.EndCompensation());
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
    public void Refund_AboveTheLine_CreditsTheRest()
    {
        var order = Refund(Captured(Line("a", 1, 100)), "r", new RefundItem(new("a"), 1, Pounds(130), Restock: false));

        var view = order.View(9)!;
        view.Refunded.ShouldBe(Pounds(100));
        view.Credited.ShouldBe(Pounds(30));
        view.PaymentStatus.ShouldBe(PaymentStatus.Refunded);
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
        order = order.After(order.Decline(order.FindOperation("r")!, "no_way"));

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
    public void Cancel_AfterAPartialRefund_RefundsTheRest()
    {
        var order = Refund(Captured(Line("a", 3, 100)), "r", new RefundItem(new("a"), 1, UnitPrice: null, Restock: false));
        order = order.After(order.RequestCancel("c", "no", Noon, Options, 8));

        order.FindOperation("c")!.ReturnUnits(order).ShouldHaveSingleItem().Quantity.ShouldBe(2);
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
            select new RefundItem(new(sku), quantity, price < 0 ? null : Pounds(price), Restock: false));
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
                order = order.After(decision);
                if (decision.Reply is not null)
                {
                    continue;
                }

                var operation = order.FindOperation($"r{index}")!;
                var end = index % 4 == input.declined ? order.Decline(operation, "no") : order.Complete(operation, Noon);
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

    [Fact]
    public void CapturedPerLine_SumsToTheTotal()
    {
        var inputs = from lines in Gen.NonEmptyListOf(from q in Gen.Choose(1, 5) from p in Gen.Choose(1, 999) select Line("a", q, p))
                     from percent in Gen.Choose(0, 100)
                     from tax in Gen.Choose(0, 5_000)
                     from inclusive in Gen.Elements(true, false)
                     select (lines, percent, tax, inclusive);

        Prop.ForAll(inputs.ToArbitrary(), static input =>
        {
            var lines = input.lines.ToImmutableArray();
            var discount = lines.Sum(static line => line.LineTotal.Amount) * input.percent / 100;
            var totals = Totals.Of(lines, Pounds(discount), Pounds(input.tax), Pounds(0), input.inclusive);
            var captured = RefundAllocation.CapturedPerLine(lines, totals);
            return captured.Sum() == totals.Total.Amount && captured.All(static line => line >= 0);
        }).QuickCheckThrowOnFailure();
    }

    private static RefundRequest Request(params RefundItem[] items) => new([.. items], "broken", At: null, ExternalId: null);

    private static Order Refund(Order order, string operationId, RefundItem item)
    {
        order = order.After(order.RequestRefund(operationId, Request(item), Noon, Options, 7));
        return order.After(order.Complete(order.FindOperation(operationId)!, Noon));
    }
}
