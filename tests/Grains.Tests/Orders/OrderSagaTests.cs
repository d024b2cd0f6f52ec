using ActorShop.Payments;
using FsCheck;
using FsCheck.Fluent;
using static ActorShop.Orders.Sample;

namespace ActorShop.Orders;

public sealed class OrderSagaTests
{
    private static readonly ImmutableHashSet<(OrderStep From, OrderStep To)> LegalEdges =
    [
        (OrderStep.None, OrderStep.Authorising),
        (OrderStep.None, OrderStep.Compensating),
        (OrderStep.None, OrderStep.Failed),
        (OrderStep.Authorising, OrderStep.Confirming),
        (OrderStep.Authorising, OrderStep.Compensating),
        (OrderStep.Confirming, OrderStep.Confirmed),
        (OrderStep.Confirming, OrderStep.Compensating),
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

                // What is undone or finished has nothing left to undo, and whatever is under way wants to be woken.
                var isUnderWay = next.Step is OrderStep.Authorising or OrderStep.Confirming or OrderStep.Compensating;
                if (isUnderWay != (next.Due is not null) || (next.IsSettled && !next.Undo.IsEmpty))
                {
                    return false;
                }

                order = next;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Saga_StoresItsCompensation_BeforeTheHold()
    {
        var order = Reserved(OrderTender.Card, Line("a", 1, 100));

        order.Step.ShouldBe(OrderStep.Authorising);
        order.MayBeHeld.ShouldBeTrue();
        order.Undo.ShouldBe([CompensationStep.Void, CompensationStep.Release]);
    }

    [Fact]
    public void Compensation_RestocksUnits_OnceTheyMayHaveLeft()
    {
        var order = Reserved(OrderTender.Card, Line("a", 1, 100));
        order = order.After(order.Authorise(new PaymentResult.Done(), Noon));

        order = order.After(order.Confirm(new Sku("a")));

        order.Step.ShouldBe(OrderStep.Compensating);
        order.Undo.ShouldBe([CompensationStep.Void, CompensationStep.Restock]);
        order.After(order.EndCompensation()).PaymentStatus.ShouldBe(PaymentStatus.Voided);
    }

    [Fact]
    public void Saga_AfterItsDeadline_OnlyCompensates()
    {
        var order = Reserved(OrderTender.Card, Line("a", 1, 100));

        order.Expire(Noon + Options.Deadline - TimeSpan.FromTicks(1)).ShouldBeEmpty();
        order = order.After(order.Expire(Noon + Options.Deadline));

        order.Step.ShouldBe(OrderStep.Compensating);
        order.After(order.Authorise(new PaymentResult.Done(), Noon)).ShouldBe(order);
        order.Failure!.Code.ShouldBe(FailureCode.CheckoutExpired);
    }

    [Fact]
    public void Deadline_PrecedesTheExpiryOfOlderReservations()
    {
        var order = new Order();
        var lapses = Noon + TimeSpan.FromMinutes(10);

        order = order.After(order.Begin(Id, Command(OrderTender.Card, Line("a", 1, 100)), lapses, Noon, Options));

        order.Deadline.ShouldBeLessThan(lapses);
    }

    [Fact]
    public void Decline_StoresTheProvidersCode_AndVoidsNothing()
    {
        var order = Reserved(OrderTender.Card, Line("a", 1, 100));

        order = order.After(order.Authorise(new PaymentResult.Declined("card_declined"), Noon));

        order.Failure.ShouldBe(new OrderFailure(FailureCode.PaymentDeclined, "card_declined"));
        order.MayBeHeld.ShouldBeFalse();
        order.After(order.EndCompensation()).View(5)!.PaymentStatus.ShouldBe(PaymentStatus.Declined);
    }

    [Fact]
    public void Token_IsNotInTheEvents_AndLeavesTheStateWithTheHold()
    {
        var order = new Order();
        var began = order.Begin(Id, Command(OrderTender.Card, Line("a", 1, 100)), Noon.AddHours(1), Noon, Options);

        System.Text.Json.JsonSerializer.Serialize(began, ShopJson.Options).Contains("tok_ok", StringComparison.Ordinal).ShouldBeFalse();
        order.After(began).Token.ShouldBe("tok_ok");
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
        var failure = new OrderFailure(FailureCode.InsufficientStock, Sku: new Sku("a"), Available: 0);
        return what switch
        {
            0 or 1 => order.Begin(Id, command, at.AddMinutes(30), at, Options),
            2 => order.Refuse(Id, command, failure, holdsUnits: at.Minute % 2 == 0, at, Options),
            3 => order.Authorise(new PaymentResult.Done(), at),
            4 => order.Authorise(new PaymentResult.Declined("card_declined"), at),
            5 => order.Authorise(new PaymentResult.Unknown(), at),
            6 => order.Confirm(lost: null),
            7 => order.Confirm(new Sku("a")),
            8 => order.Expire(at),
            _ => order.EndCompensation(),
        };
    }
}
