namespace ActorShop.Api.Operators;

/// <summary>Memory of the process.</summary>
/// <param name="WorkingSetBytes">As the operating system sees it.</param>
/// <param name="ManagedBytes">What is allocated.</param>
/// <param name="HeapBytes">The heap at the last collection.</param>
/// <param name="AvailableBytes">What the collector may use.</param>
/// <param name="Collections0">Collections of generation 0.</param>
/// <param name="Collections1">Collections of generation 1.</param>
/// <param name="Collections2">Collections of generation 2.</param>
/// <param name="PausedMilliseconds">How long they paused the process, in all.</param>
public sealed record MemoryResponse(
    long WorkingSetBytes, long ManagedBytes, long HeapBytes, long AvailableBytes, int Collections0, int Collections1, int Collections2,
    double PausedMilliseconds);
