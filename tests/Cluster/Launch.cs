namespace ActorShop.Cluster;

/// <summary>A program to start.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Environment">Variables besides those of this process.</param>
/// <param name="Folder">The working folder, created if missing.</param>
/// <param name="Log">The file of its output.</param>
internal sealed record Launch(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string Folder, string Log);
