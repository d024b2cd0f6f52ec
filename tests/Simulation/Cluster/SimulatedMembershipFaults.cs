namespace ActorShop.Simulation;

/// <summary>What the membership table does to silos that ask it. Rates are from 0 to 1, for each request.</summary>
public sealed class SimulatedMembershipFaults
{
    /// <summary>The rate of requests that are lost.</summary>
    public double FailBefore { get; set; }

    /// <summary>The rate of answers that are lost.</summary>
    public double FailAfter { get; set; }

    /// <summary>The rate of requests that take up to three seconds.</summary>
    public double BeSlow { get; set; }

    /// <summary>The silos that cannot reach the table.</summary>
    public ISet<int> CutOff { get; } = new SortedSet<int>();

    /// <summary>Whether no silo can reach the table.</summary>
    public bool IsDown { get; set; }
}
