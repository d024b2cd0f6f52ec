using ActorShop.Chaos.Faults;

namespace ActorShop.Chaos;

/// <summary>Goal: what is done follows from the seed, and the shortest run has every kind in it.</summary>
public sealed class FaultScheduleTests
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    [Fact]
    public void SameSeed_DoesTheSame() =>
        Of(7).Take(50).ShouldBe(Of(7).Take(50));

    [Fact]
    public void AnotherSeed_DoesSomethingElse() =>
        Of(7).Take(10).ShouldNotBe(Of(8).Take(10));

    [Fact]
    public void EachRound_HasEveryKindOnce() =>
        Enumerable.Range(1, 100).ShouldAllBe(static seed => Of(seed).Take(10).Chunk(5).All(static round => round.Select(static fault => fault.Kind).Order().SequenceEqual(Kinds)));

    [Fact]
    public void SevenCuts_AreOfSevenKinds() =>
        new FaultSchedule(3, [FaultKind.Cut], silos: 3, apis: 2).Faults().Take(7).Select(static fault => fault.Cut).Distinct().Count().ShouldBe(Enum.GetValues<CutKind>().Length);

    [Fact]
    public void OnlyWhatWasAskedFor_IsDone_ToWhomThereIs()
    {
        var faults = new FaultSchedule(3, [FaultKind.Kill, FaultKind.Pause], silos: 2, apis: 1).Faults().Take(200).ToArray();

        faults.Select(static fault => fault.Kind).Distinct().Order().ShouldBe([FaultKind.Kill, FaultKind.Pause]);
        faults.Select(static fault => fault.Target).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(["payments", "silo-1", "silo-2"]);
    }

    private static IEnumerable<PlannedFault> Of(int seed) => new FaultSchedule(seed, Kinds, silos: 3, apis: 2).Faults();
}
