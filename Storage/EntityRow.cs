namespace ActorShop.Storage;

/// <summary>The stored state of a grain.</summary>
/// <param name="Version">Its version, from 1.</param>
/// <param name="Sequence">The number of events in its stream.</param>
/// <param name="Head">JSON; null where it was cleared.</param>
internal sealed record EntityRow(int Version, long Sequence, byte[]? Head);
