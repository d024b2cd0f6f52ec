using ActorShop.Models.Search;

namespace ActorShop.Models;

/// <summary>Goal: the search finds what is there: the shortest way to a broken state, and states without a way to a good end.</summary>
public sealed class SearcherTests
{
    [Fact]
    public void Search_FindsAShortestTrace()
    {
        var result = Searcher.Run(new Counters { Forbidden = 5 });

        result.Broken.ShouldBe("sum");
        result.Trace.ShouldBe(["first 1", "first 2", "first 3", "second 1", "second 2"]);
    }

    [Fact]
    public void Search_VisitsEveryState_UpToTheNamesOfCounters() => Searcher.Run(new Counters()).States.ShouldBe(10);

    [Fact]
    public void Search_FindsAStateWithoutAGoodEnd()
    {
        var result = Searcher.Run(new Counters { Trap = 2 });

        result.Broken.ShouldBe("end");
        result.Trace.ShouldBe(["first 1", "first 2"]);
    }

    [Fact]
    public void Search_DoesNotCountOnLateSteps()
    {
        var result = Searcher.Run(new Counters { Kind = StepKind.Late });

        result.Broken.ShouldBe("end");
        result.Trace.ShouldBeEmpty();
    }

    // Two counters from 0 to 3. Nothing leads on from the trap, where one counter stands and the other is zero.
    private sealed class Counters : IModel<ulong>
    {
        public int? Forbidden { get; init; }

        public ulong? Trap { get; init; }

        public StepKind Kind { get; init; }

        public ulong Start => 0;

        public string? Liveness => "end";

        public void AddSteps(in ulong state, Steps<ulong> steps)
        {
            var (first, second) = (state >> 8, state & 0xFF);
            if (second == 0 && first == Trap)
            {
                return;
            }

            if (first < 3)
            {
                steps.Add(state + 0x100, Kind, $"first {first + 1}");
            }

            if (second < 3)
            {
                steps.Add(state + 1, Kind, $"second {second + 1}");
            }
        }

        public void Canonicalize(ref ulong state)
        {
            var swapped = (state << 8 & 0xFF00) | (state >> 8);
            state = Math.Max(state, swapped);
        }

        public string? Broken(in ulong state) => (int)((state >> 8) + (state & 0xFF)) == Forbidden ? "sum" : null;

        public bool IsGoodEnd(in ulong state) => state == 0x303;
    }
}
