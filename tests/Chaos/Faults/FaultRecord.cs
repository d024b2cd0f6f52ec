namespace ActorShop.Chaos.Faults;

/// <summary>What was done to a cluster, and what came of it.</summary>
/// <param name="Fault">What.</param>
/// <param name="Began">When, since the run began.</param>
/// <param name="Healed">When it was taken back.</param>
/// <param name="Ready">When everybody said again that they are ready.</param>
/// <param name="Notes">What happened besides.</param>
internal sealed record FaultRecord(PlannedFault Fault, TimeSpan Began, TimeSpan Healed, TimeSpan Ready, IReadOnlyList<string> Notes);
