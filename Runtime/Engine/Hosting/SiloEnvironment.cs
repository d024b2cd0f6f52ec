namespace ActorShop.Runtime.Hosting;

/// <summary>What the machine is like, where it matters; stated by the simulator.</summary>
/// <param name="Processors">The number of processors.</param>
internal sealed record SiloEnvironment(int Processors);
