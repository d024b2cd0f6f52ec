namespace ActorShop.Chaos.Checks;

/// <summary>What became of one claim about a shop.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Figures">What was looked at, in numbers.</param>
/// <param name="Violations">What contradicts it; empty where it holds.</param>
internal sealed record CheckResult(string Claim, string Figures, IReadOnlyList<string> Violations)
{
    /// <summary>Whether the claim holds.</summary>
    public bool Holds => Violations.Count == 0;
}
