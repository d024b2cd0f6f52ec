namespace ActorShop.Testing.Invariants;

/// <summary>The result of one check.</summary>
/// <param name="Claim">What must hold.</param>
/// <param name="Figures">How much was checked.</param>
/// <param name="Violations">What contradicts the claim; empty if it holds.</param>
public sealed record CheckResult(string Claim, string Figures, IReadOnlyList<string> Violations)
{
    /// <summary>Whether the claim holds.</summary>
    public bool Holds => Violations.Count == 0;
}
