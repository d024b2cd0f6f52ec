namespace ActorShop.Parity.Filters;

/// <summary>Goal: filters see calls in Orleans' order, and may answer themselves.</summary>
public sealed class FilterTests(Cluster cluster) : IClassFixture<Cluster>
{
    private readonly INotedGrain _grain = cluster.Grains.GetGrain<INotedGrain>(Cluster.NewKey());

    [Fact]
    public async Task Call_PassesOutgoingFilters_ThenThoseOfTheSilo_ThenTheGrain_AndBack()
    {
        var answer = await _grain.SayAsync("hello");

        answer.ShouldBe("hello!");
        Notes.Of(_grain.GetGrainId()).ShouldBe(
            ["out SayAsync", "first", "second", "grain", "method", "second back", "first back"]);
    }

    [Fact]
    public async Task Filter_ThatDoesNotGoOn_AnswersInPlaceOfTheGrain()
    {
        var answer = await _grain.SayAsync("skip");

        answer.ShouldBe("skipped");
        Notes.Of(_grain.GetGrainId()).ShouldNotContain(static note => note == "method");
    }
}
