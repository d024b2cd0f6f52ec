using System.Globalization;

namespace ActorShop.Simulation.Shop;

/// <param name="Trace">What it did; null if the simulation failed.</param>
/// <param name="Violations">What should not have been: the name of a check, and its finding.</param>
/// <param name="World">What it left behind; null if it never began.</param>
internal sealed record ShopReport(ShopPlan Plan, SimulationTrace? Trace, IReadOnlyList<string> Violations, World? World)
{
    public bool IsGreen => Violations.Count == 0;

    public IReadOnlySet<string> Claims => Violations.Select(static violation => violation.Split([' ', ':'], 2)[0]).ToHashSet(StringComparer.Ordinal);

    public string Replay => string.Create(
        CultureInfo.InvariantCulture,
        $"dotnet run -c Release --project tests/Simulation.Tests -- shop --seed {Plan.Seed}{(Plan.Less.IsEmpty ? string.Empty : $" --less {string.Join(',', Plan.Less)}")}");

    public override string ToString() => IsGreen
        ? string.Create(CultureInfo.InvariantCulture, $"seed {Plan.Seed}: {Trace}")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"""
             seed {Plan.Seed} fails:
               {string.Join("\n  ", Violations)}
             again: {Replay}
             """);
}
