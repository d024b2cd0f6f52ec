using System.Collections.Immutable;
using ActorShop.Cluster;

namespace ActorShop.Chaos.Failover;

/// <summary>Which trials are made, and on what.</summary>
/// <param name="Silos">The number of silos.</param>
/// <param name="Apis">The number of APIs.</param>
/// <param name="Trials">How many of each kind.</param>
/// <param name="Kinds">Which kinds.</param>
/// <param name="Keys">How many carts are asked for all the time, spread over all silos.</param>
/// <param name="Customers">How many customers buy meanwhile.</param>
/// <param name="Programs">The programs of the processes.</param>
internal sealed record FailoverPlan(int Silos, int Apis, int Trials, ImmutableArray<FailoverKind> Kinds, int Keys, int Customers, HostPrograms Programs)
{
    /// <summary>How long the caller of a cart rests after an answer.</summary>
    public TimeSpan ProbePause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an ordinary caller waits for one answer before it asks again.</summary>
    public TimeSpan AttemptLimit { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Outage { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long everything has to be well before a trial begins.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(4);
}
