using ActorShop.Payments;
using FsCheck;
using FsCheck.Fluent;
using static ActorShop.Orders.Sample;

namespace ActorShop.Orders;

public sealed class OrderSagaTests
{
    private static readonly ImmutableHashSet<(OrderStep From, OrderStep To)> LegalEdges =
    [
        (OrderStep.None, OrderStep.Confirmed),
        (OrderStep.None, OrderStep.Compensating),
        (OrderStep.None, OrderStep.Failed),
        (OrderStep.Compensating, OrderStep.Failed),
    ];

    [Fact]
    public void Saga_TakesLegalEdgesOnly_AndNeverLeavesItsEnd()
    {
        var minutes = Gen.Choose(0, 20);
        var told = from what in Gen.Choose(0, 9) from minute in minutes select (what, at: Noon.AddMinutes(minute));

        Prop.ForAll(Gen.ListOf(told).ToArbitrary(), static tellings =>
        {
            var order = new Order();
            foreach (var (what, at) in tellings)
            {
                var next = order.After(Tell(order, what, at));
                if (next.Step != order.Step && !LegalEdges.Contains((order.Step, next.Step)))
                {
                    return false;
                }

                // Whatever is under way wants to be woken.
                if ((next.IsPlacing || next.Step is OrderStep.Compensating) != (next.Due is not null))
                {
                    return false;
                }

                order = next;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Saga_AfterItsDeadline_OnlyCompensates()
    {
        var order = Placed(OrderTender.Card, Line("a", 1, 100));
        var deadline = Noon + Options.Deadline;

        order.IsOverdue(deadline - TimeSpan.FromTicks(1)).ShouldBeFalse();
        order.Settle(new ProviderAnswer.Done(), deadline, version: 2).ShouldBeEmpty();
        order = order.After(order.Compensate(new(FailureCode.CheckoutExpired), deadline));

        order.Step.ShouldBe(OrderStep.Compensating);
        order.Settle(new ProviderAnswer.Done(), Noon, version: 3).ShouldBeEmpty("an order that is being undone is not confirmed");
        order.After(order.EndCompensation(Noon)).View(3)!.PaymentStatus.ShouldBe(PaymentStatus.Voided);
    }

    [Fact]
    public void Decline_StoresTheProvidersCode_AndTheVoid()
    {
        var order = Placed(OrderTender.Card, Line("a", 1, 100));

        order = order.After(order.Settle(new ProviderAnswer.Declined("card_declined"), Noon, version: 2));

        order.Failure.ShouldBe(new OrderFailure(FailureCode.PaymentDeclined, "card_declined"));
        order = order.After(order.EndCompensation(Noon));
        order.View(3)!.PaymentStatus.ShouldBe(PaymentStatus.Declined);
        order.PaymentView([], 3)!.Operations.Select(static done => (done.Kind, done.Outcome)).ShouldBe([("authorise", "declined"), ("void", "done")]);
    }

    [Fact]
    public void OrderThatEndsBeforeItIsStored_IsNeverPlaced()
    {
        var order = new Order().After(new Order().EndIfAbsent(Id));

        order.IsSettled.ShouldBeTrue();
        order.Due.ShouldBeNull();
        order.View(1).ShouldBeNull("it is not found");
        order.ReservationEnd.ShouldBe(ReservationEnd.Released);
        order.Place(Id, Command(OrderTender.Card, Line("a", 1, 100)), Noon, Options).ShouldBeEmpty();
        Placed(OrderTender.Card, Line("a", 1, 100)).EndIfAbsent(Id).ShouldBeEmpty();
    }

    [Fact]
    public void SettledView_StaysTheAnswer_WhateverHappensLater()
    {
        var order = Confirmed(OrderTender.Card, Line("a", 2, 100));
        var answer = System.Text.Json.JsonSerializer.Serialize(order.SettledView(2)!, ShopJson.Options);

        order = order.After(order.RequestCapture("c", Noon, Options, 2));
        order = order.After(order.Complete(order.FindOperation("c")!, Noon));
        order = order.After(order.RequestCancel("x", "no", Noon, Options, 4));
        order = order.After(order.Complete(order.FindOperation("x")!, Noon));

        order.View(6)!.Status.ShouldBe(OrderStatus.Cancelled);
        System.Text.Json.JsonSerializer.Serialize(order.SettledView(6)!, ShopJson.Options).ShouldBe(answer);
    }

    [Fact]
    public void Payment_HasItsOperations_WithTheirKeys()
    {
        var order = Captured(Line("a", 2, 100));
        order = order.After(order.RequestRefund("r", new([new(new("a"), 1, null, Restock: true)], "broken", At: null, ExternalId: null), Noon, Options, 5));
        order = order.After(order.Decline(order.FindOperation("r")!, "no", Noon));

        var payment = order.PaymentView([], 6)!;

        payment.Operations.Select(static done => (done.Key[Id.Value.Length..], done.Kind, done.Amount.Amount, done.Outcome)).ShouldBe(
            [(".authorise", "authorise", 200, "done"), (".capture.capture", "capture", 200, "done"), (".refund.r", "refund", 100, "declined")]);
        (payment.Authorised, payment.Captured, payment.Refunded).ShouldBe((Pounds(200), Pounds(200), Pounds(0)));
        payment.Operations.ShouldAllBe(static done => done.At == Noon);
    }

    [Fact]
    public void PaymentOperations_OfAnOrder_AreBounded()
    {
        var order = Captured(Line("a", 100, 1));
        for (var n = 0; n < 99; n++)
        {
            order = order.After(order.RequestRefund($"r{n}", new([new(new("a"), 1, null, Restock: false)], "x", At: null, ExternalId: null), Noon, Options, 5));
            order = order.After(order.Complete(order.FindOperation($"r{n}")!, Noon));
        }

        order.Payments.Length.ShouldBe(Order.StoredPayments);
        order.PaymentView([], 6)!.Refunded.ShouldBe(Pounds(99));
    }

    [Theory]
    [InlineData(OrderTender.External, 100)]
    [InlineData(OrderTender.Card, 0)]
    public void Order_WithoutACharge_AsksNoProvider(OrderTender tender, long price)
    {
        var order = Confirmed(tender, Line("a", 1, price));

        order.IsCharged.ShouldBeFalse();
        order.View(2)!.PaymentStatus.ShouldBe(tender is OrderTender.External ? PaymentStatus.Captured : PaymentStatus.Authorised);
    }

    [Fact]
    public void Token_IsNotInTheEvents_AndLeavesTheStateWithTheHold()
    {
        var began = new Order().Place(Id, Command(OrderTender.Card, Line("a", 1, 100)), Noon, Options);

        System.Text.Json.JsonSerializer.Serialize(began, ShopJson.Options).Contains("tok_ok", StringComparison.Ordinal).ShouldBeFalse();
        new Order().After(began).Token.ShouldBe("tok_ok");
        Confirmed(OrderTender.Card, Line("a", 1, 100)).Token.ShouldBeNull();
    }

    [Fact]
    public void DemandOf_SumsLinesOfOneSku()
    {
        Order.DemandOf([Line("a", 2, 100), Line("b", 1, 100), Line("a", 3, 90), Line("A", 1, 90)])
            .ShouldBe([new(new("a"), 5), new(new("b"), 1), new(new("A"), 1)]);
    }

    [Fact]
    public void Check_Throws_ForLinesThatDoNotAddUp()
    {
        var command = Command(OrderTender.External, Line("a", 2, 100));

        Should.Throw<ArgumentException>(() => Order.Check(command with { Lines = [command.Lines[0] with { LineTotal = Pounds(1) }] }));
        Should.Throw<ArgumentException>(() => Order.Check(command with { Lines = [] }));
        Order.Check(command);
    }

    [Fact]
    public void Number_IsTheEndOfTheId()
    {
        Order.NumberOf(Id).ShouldBe("607182-93A4B5");
        Order.NumberOf(new("ord_0192f0c1a2b37c4d8e5f60718293a4b6")).ShouldNotBe(Order.NumberOf(Id), StringComparer.Ordinal);
    }

    [Fact]
    public void State_SurvivesJson()
    {
        var order = Captured(Line("a", 2, 100), Line("b", 1, 50));
        order = order.After(order.RequestRefund(
            "r", new([new(new("a"), 1, null, Restock: true)], "broken", At: null, ExternalId: null), Noon, Options, 7));

        var json = System.Text.Json.JsonSerializer.Serialize(order, ShopJson.Options);
        var back = System.Text.Json.JsonSerializer.Deserialize<Order>(json, ShopJson.Options)!;

        System.Text.Json.JsonSerializer.Serialize(back, ShopJson.Options).ShouldBe(json);
        back.View(7)!.Items.ShouldBe(order.View(7)!.Items);
        back.Due.ShouldBe(order.Due);
    }

    private static ImmutableArray<OrderEvent> Tell(Order order, int what, DateTimeOffset at)
    {
        var command = Command(OrderTender.Card, Line("a", 1, 100), Line("b", 2, 50));
        return what switch
        {
            0 or 1 => order.Place(Id, command, at, Options),
            2 => order.EndIfAbsent(Id),
            3 or 4 => order.Settle(new ProviderAnswer.Done(), at, version: 2),
            5 => order.Settle(new ProviderAnswer.Declined("card_declined"), at, version: 2),
            6 => order.Settle(new ProviderAnswer.Unknown(), at, version: 2),
            7 or 8 => order.Compensate(new(FailureCode.InsufficientStock, Sku: new Sku("a"), Available: 0), at),
            _ => order.EndCompensation(at),
        };
    }
}
