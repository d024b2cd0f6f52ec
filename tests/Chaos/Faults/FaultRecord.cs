namespace ActorShop.Chaos.Faults;

internal sealed record FaultRecord(PlannedFault Fault, TimeSpan Began, TimeSpan Healed, TimeSpan Ready, IReadOnlyList<string> Notes);
