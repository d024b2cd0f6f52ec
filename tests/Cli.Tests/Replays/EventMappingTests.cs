using ActorShop.Cli.Replays;

namespace ActorShop.Cli.Tests.Replays;

public sealed class EventMappingTests
{
    private static readonly DateTimeOffset At = new(2011, 11, 4, 10, 0, 0, TimeSpan.Zero);

    private readonly EventMapping _mapping = new("GBP");

    [Fact]
    public void Order_BecomesOneOrder_AtStatedPrices()
    {
        var step = Steps(EventKind.Order, new EventLine("a", 6, 2.55m, null, null), new EventLine("a", 1, 2.55m, null, null), new EventLine("b", 2, 0m, null, null))
            .ShouldHaveSingleItem().ShouldBeOfType<ReplayStep.PlaceOrder>();

        step.Key.ShouldBe("I1");
        step.At.ShouldBe(At);
        step.Items.Select(static item => (item.Sku, item.Quantity, item.UnitPrice.Amount)).ShouldBe([("a", 6, 255), ("a", 1, 255), ("b", 2, 0)]);
        ReplayItem.Total(step.Items).ShouldBe(7 * 255);
    }

    [Fact]
    public void NegativeLine_BecomesACreditNote()
    {
        var steps = Steps(EventKind.Order, new EventLine("a", 1, 2m, null, null), new EventLine("D", -1, 27.5m, null, null), new EventLine("E", 1, -3m, null, null));

        steps.Length.ShouldBe(2);
        var note = steps[1].ShouldBeOfType<ReplayStep.CreditNote>();
        note.Items.Select(static item => (item.Sku, item.Quantity, item.UnitPrice.Amount, item.Restock)).ShouldBe([("D", 1, 2750, true), ("E", 1, 300, false)]);
    }

    [Fact]
    public void Cancellation_BecomesARefundPerOrder_AndANoteForTheRest()
    {
        var steps = Steps(
            EventKind.Cancellation,
            new EventLine("a", -1, 2m, "O1", null), new EventLine("b", -2, 3m, null, null), new EventLine("c", -3, 1m, "O2", null), new EventLine("a", -1, 2m, "O1", null));

        steps.Select(static step => step.Key).ShouldBe(["I1@O1", "I1", "I1@O2"]);
        steps[0].ShouldBeOfType<ReplayStep.Refund>().Items.Length.ShouldBe(2);
        steps[0].ShouldBeOfType<ReplayStep.Refund>().Items.Sum(static item => item.UnitPrice.Amount).ShouldBe(400);
        steps[1].ShouldBeOfType<ReplayStep.CreditNote>().Items.ShouldHaveSingleItem().ShouldBe(new ReplayItem("b", 2, new(300, "GBP"), true));
    }

    [Fact]
    public void StockAdjustment_MovesByMinusQuantity_PerLine()
    {
        var steps = Steps(EventKind.StockAdjustment, new EventLine("a", 56, 0m, null, null), new EventLine("a", -3, 0m, null, "found"), new EventLine("b", 0, 0m, null, null));

        steps.ShouldBe([new ReplayStep.Adjust("I1#1", "a", -56, "I1"), new ReplayStep.Adjust("I1#2", "a", 3, "I1: found")]);
    }

    [Fact]
    public void BadDebt_BecomesAnEntry_OfTheLoss() =>
        Steps(EventKind.BadDebt, new EventLine("B", 1, -11062.06m, null, null)).ShouldHaveSingleItem()
            .ShouldBeOfType<ReplayStep.Entry>().Amount.ShouldBe(new(1106206, "GBP"));

    [Theory]
    [InlineData(1, 0.001, 0, -0.1)]
    [InlineData(1, 0.005, 0, -0.5)]
    [InlineData(1, 0.015, 2, 0.5)]
    [InlineData(10, 0.006, 1, 4)]
    [InlineData(3, 1.25, 125, 0)]
    public void Price_IsRoundedHalfEven_WhenItIsFinerThanTheCurrency(int quantity, double price, long booked, double moved)
    {
        var line = new EventLine("a", quantity, (decimal)price, null, null);

        _mapping.Rounded(line.Price).ShouldBe(booked);
        _mapping.RoundingOf(line).ShouldBe((decimal)moved);
    }

    [Fact]
    public void Resources_AreTheOrdersAndSkus_OfAnEvent()
    {
        var happened = new ShopEvent(1, EventKind.Cancellation, "C1", At, [new EventLine("a", -1, 1m, "O1", null)]);

        EventMapping.ResourcesOf(happened, bySku: true).ShouldBe(["invoice C1", "invoice O1", "sku a"], ignoreOrder: true);
        EventMapping.ResourcesOf(happened, bySku: false).ShouldBe(["invoice C1", "invoice O1"], ignoreOrder: true);
    }

    private ImmutableArray<ReplayStep> Steps(EventKind kind, params ReadOnlySpan<EventLine> lines) =>
        [.. _mapping.StepsOf(new ShopEvent(1, kind, "I1", At, [.. lines], "C7"))];
}
