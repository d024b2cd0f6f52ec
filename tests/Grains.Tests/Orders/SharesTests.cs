using FsCheck;
using FsCheck.Fluent;

namespace ActorShop.Orders;

public sealed class SharesTests
{
    [Fact]
    public void Spread_GivesTheRemainderToTheLargestFraction_ThenToTheEarlierLine()
    {
        Shares.Spread(100, [1, 1, 1]).ShouldBe([34, 33, 33]);
        Shares.Spread(10, [60, 25, 15]).ShouldBe([6, 3, 1]);
        Shares.Spread(7, [0, 0]).ShouldBe([7, 0]);
        Shares.Spread(7, []).ShouldBe([]);
    }

    [Fact]
    public void Spread_IsExact_AndWithinOnePennyPerLine()
    {
        var inputs = from amount in Gen.Choose(0, 1_000_000)
                     from weights in Gen.NonEmptyListOf(Gen.Choose(0, 10_000))
                     select (amount, weights: weights.Select(static weight => (long)weight).ToImmutableArray());

        Prop.ForAll(inputs.ToArbitrary(), static input =>
        {
            var shares = Shares.Spread(input.amount, input.weights);
            var sum = input.weights.Sum();
            return shares.Sum() == input.amount
                && (sum == 0 || shares.Select((share, line) => Math.Abs(share - ((double)input.amount * input.weights[line] / sum))).All(off => off < 1));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void OfUnits_OfAllUnits_IsTheLine()
    {
        var first = Shares.OfUnits(100, 1, 3);
        var second = Shares.OfUnits(100, 2, 3) - first;
        var third = Shares.OfUnits(100, 3, 3) - first - second;

        (first + second + third).ShouldBe(100);
    }
}
