using System.Collections.Immutable;
using ActorShop.Chaos.Faults;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos;

/// <summary>A run in which a cluster is broken while it sells.</summary>
/// <param name="Seed">Chooses the faults and what customers feel like. The machine's own timing it does not choose: a run is not repeated to the step.</param>
/// <param name="Silos">The number of silos.</param>
/// <param name="Apis">The number of APIs.</param>
/// <param name="Duration">How long faults are inflicted; opening, healing and checking come on top.</param>
/// <param name="Kinds">What may be done.</param>
/// <param name="Workload">How customers are.</param>
/// <param name="Programs">The programs of the processes.</param>
internal sealed record ChaosPlan(
    int Seed, int Silos, int Apis, TimeSpan Duration, ImmutableArray<FaultKind> Kinds, WorkloadPlan Workload, HostPrograms Programs)
{
    /// <summary>A merchant's history, as <c>replay</c> takes it; null for none.</summary>
    public string? Orders { get; init; }

    /// <summary>The catalogue of that history, as <c>import --map uci</c> takes it.</summary>
    public string? Catalogue { get; init; }

    /// <summary>Faults at most; all that fit into the time if there is no number.</summary>
    public int? MostFaults { get; init; }

    /// <summary>By how much faults and the gaps between them are longer or shorter than they are by themselves.</summary>
    public double Stretch { get; init; } = 1;

    /// <summary>How long customers are left alone before the first fault.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long everything may take to come to rest.</summary>
    public TimeSpan RestPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Old requests that are repeated at most.</summary>
    public int Repetitions { get; init; } = 500;

    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
        .SetItem("Shop__SampleCatalogue", "false")

        // A sale that cannot be finished is to be given up within the run, and what it had set aside is to be back.
        .SetItem("Orders__Deadline", "00:01:00");
}
