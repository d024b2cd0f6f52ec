namespace ActorShop.Chaos.Faults;

/// <summary>A fault that was injected.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Began">When it began, since the start of the run.</param>
/// <param name="Healed">When it ended.</param>
/// <param name="Ready">When all processes were ready again.</param>
/// <param name="Notes">Other events.</param>
internal sealed record FaultRecord(PlannedFault Fault, TimeSpan Began, TimeSpan Healed, TimeSpan Ready, IReadOnlyList<string> Notes);
