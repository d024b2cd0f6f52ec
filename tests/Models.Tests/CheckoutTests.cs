using ActorShop.Models.Checkout;
using ActorShop.Models.Search;

namespace ActorShop.Models;

/// <summary>Goal: the checkout's design has no counterexample within small bounds, and each shortcut has one.</summary>
/// <remarks>Method: every state is visited. docs/MODELS.md has the command for the full bounds.</remarks>
public sealed class CheckoutTests
{
    public static TheoryData<string> Designs => [.. Bounds.Small.Select(static bounds => bounds.Name)];

    public static TheoryData<string> Shortcuts => [.. Enum.GetNames<Shortcut>().Skip(1)];

    public static TheoryData<string> Situations => [.. Situation.All.Select(static situation => situation.Name)];

    [Theory]
    [MemberData(nameof(Designs))]
    public void Design_HasNoCounterexample(string name)
    {
        var result = Searcher.Run(new CheckoutModel(Bounds.Small.Single(bounds => string.Equals(bounds.Name, name, StringComparison.Ordinal))));

        result.Broken.ShouldBeNull(result.ToString());
    }

    [Theory]
    [MemberData(nameof(Shortcuts))]
    public void Shortcut_BreaksItsProperty(string shortcut)
    {
        var finding = Finding.All.Single(finding => string.Equals(finding.Shortcut.ToString(), shortcut, StringComparison.Ordinal));

        var result = finding.Search();

        result.Broken.ShouldBe(finding.Breaks.ToString(), result.ToString());
    }

    // A model in which little can happen keeps every promise.
    [Theory]
    [MemberData(nameof(Situations))]
    public void Design_Reaches(string situation)
    {
        var result = Searcher.Run(Situation.All.Single(each => string.Equals(each.Name, situation, StringComparison.Ordinal)));

        result.Broken.ShouldBe(situation, result.ToString());
    }
}
