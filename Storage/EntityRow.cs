namespace ActorShop.Storage;

/// <param name="Head">JSON; null where it was cleared.</param>
internal sealed record EntityRow(int Version, long Sequence, byte[]? Head);
