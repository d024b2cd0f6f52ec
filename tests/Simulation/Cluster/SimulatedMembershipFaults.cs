namespace ActorShop.Simulation;

/// <summary>What the membership table does to silos that ask it. Rates are from 0 to 1, for each request.</summary>
public sealed class SimulatedMembershipFaults
{
    public double FailBefore { get; set; }

    public double FailAfter { get; set; }

    /// <summary>The rate of requests that take up to three seconds.</summary>
    public double BeSlow { get; set; }

    public ISet<int> CutOff { get; } = new SortedSet<int>();

    public bool IsDown { get; set; }
}
