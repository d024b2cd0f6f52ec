namespace ActorShop.Cluster;

/// <summary>A program to start with its arguments, environment variables besides those of this process, a working folder (created if missing) and a log.</summary>
internal sealed record Launch(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string Folder, string Log);
