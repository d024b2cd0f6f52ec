using ActorShop.Cli.Replays;

namespace ActorShop.Cli.Tests.Replays;

public sealed class StockModelTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    private readonly StockModel _model = new(new Dictionary<string, long>(StringComparer.Ordinal) { ["a"] = 10, ["b"] = 1 });

    [Fact]
    public void Order_TakesAllItsLines_OrNothing()
    {
        _model.Take(Order("1", ("a", 6), ("a", 5))).ShouldBe(ReplayFate.Refused);
        _model.Take(Order("2", ("a", 6), ("b", 2))).ShouldBe(ReplayFate.Refused);
        _model.Take(Order("3", ("a", 6), ("b", 1), ("POST", 100))).ShouldBe(ReplayFate.Done);

        _model.OnHand.ShouldBe([new("a", 4), new("b", 0)], ignoreOrder: true);
    }

    [Fact]
    public void Refund_OfARefusedOrder_IsPointless()
    {
        _model.Take(Order("1", ("a", 11)));

        _model.Take(Refund("1", 11)).ShouldBe(ReplayFate.Pointless);
        _model.OnHand["a"].ShouldBe(10);
    }

    [Fact]
    public void Refund_PutsUnitsBackAtOnce()
    {
        _model.Take(Order("1", ("a", 10)));
        _model.Take(Refund("1", 4)).ShouldBe(ReplayFate.Done);

        _model.Take(Order("2", ("a", 4))).ShouldBe(ReplayFate.Done);
    }

    [Fact]
    public void Adjustment_TakesAllItsUnits_OrNothing()
    {
        _model.Take(new ReplayStep.Adjust("1", "b", -2, "lost")).ShouldBe(ReplayFate.Refused);
        _model.Take(new ReplayStep.Adjust("2", "b", -1, "lost")).ShouldBe(ReplayFate.Done);
        _model.Take(new ReplayStep.Adjust("3", "b", 5, "found")).ShouldBe(ReplayFate.Done);

        _model.OnHand["b"].ShouldBe(5);
    }

    private static ReplayStep.PlaceOrder Order(string key, params (string Sku, int Units)[] lines) =>
        new(key, null, At, [.. lines.Select(static line => new ReplayItem(line.Sku, line.Units, new(100, "GBP")))]);

    private static ReplayStep.Refund Refund(string order, int units) =>
        new($"C@{order}", "C", order, null, At, [new ReplayItem("a", units, new(100, "GBP"), Restock: true)]);
}
