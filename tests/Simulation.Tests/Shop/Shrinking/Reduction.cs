using System.Collections.Immutable;
using System.Globalization;

namespace ActorShop.Simulation.Shop;

/// <summary>Ways to make a plan smaller, each as a word of the command line.</summary>
/// <remarks>The seed stays, so that what is left of the run draws what it drew before, as far as it is asked the same.</remarks>
internal static class Reduction
{
    /// <summary>The plan with less in it.</summary>
    /// <param name="word"><c>event:3</c>, <c>rate:StoreIsSlow</c>, <c>skew</c>, <c>shoppers:2</c>, <c>rounds:1</c> or <c>clerks:0</c>.</param>
    public static ShopPlan Apply(ShopPlan plan, string word)
    {
        var smaller = word.Split(':') switch
        {
            ["event", var number] => plan with { Events = plan.Events.RemoveAll(happens => happens.Number == Number(number)) },
            ["rate", var name] => plan with { Rates = plan.Rates.Without(name) },
            ["skew"] => plan with { Skew = TimeSpan.Zero },
            ["shoppers", var number] => plan with { Shoppers = Number(number) },
            ["rounds", var number] => plan with { Rounds = Number(number) },
            ["clerks", var number] => plan with { Clerks = Number(number) },
            _ => throw new ArgumentException($"'{word}' is not something that can be left out.", nameof(word)),
        };
        return smaller with { Less = plan.Less.Add(word) };
    }

    /// <summary>What could be left out of a plan, the largest first.</summary>
    public static ImmutableArray<string> Of(ShopPlan plan) =>
    [
        .. Halves("shoppers", plan.Shoppers),
        .. Halves("rounds", plan.Rounds),
        .. Halves("clerks", plan.Clerks),
        .. plan.Events.Select(static happens => Word("event", happens.Number)),
        .. plan.Rates.Names().Select(static name => $"rate:{name}"),
        .. plan.Skew > TimeSpan.Zero ? ["skew"] : (string[])[],
    ];

    private static IEnumerable<string> Halves(string what, int count) =>
        count == 0 ? [] : count == 1 ? [Word(what, 0)] : [Word(what, count / 2), Word(what, count - 1)];

    private static string Word(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}:{number}");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
