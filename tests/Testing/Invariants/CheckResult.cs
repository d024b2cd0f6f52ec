namespace ActorShop.Testing.Invariants;

/// <summary>The result of one check.</summary>
/// <param name="Name">The method that checked.</param>
/// <param name="Claim">What must hold.</param>
/// <param name="Figures">How much was checked.</param>
/// <param name="Violations">What contradicts the claim; empty if it holds.</param>
public sealed record CheckResult(string Name, string Claim, string Figures, IReadOnlyList<string> Violations)
{
    public bool Holds => Violations.Count == 0;
}
