namespace ActorShop.Simulation;

/// <summary>The simulation itself failed: work left its thread, nothing can go on, or a run exceeded its limits.</summary>
public sealed class SimulationException(string message) : Exception(message);
