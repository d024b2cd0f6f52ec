namespace ActorShop.Testing.Invariants;

public sealed record CheckResult(string Name, string Claim, string Figures, IReadOnlyList<string> Violations)
{
    public bool Holds => Violations.Count == 0;
}
