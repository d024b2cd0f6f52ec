namespace ActorShop.Api.Operators;

/// <summary>Health in detail.</summary>
/// <remarks>
/// The status is <c>ready</c> or <c>unready</c>. What the shop did not answer in time is absent: the events that the read model is behind,
/// open sagas, undelivered messages, and the sum of all accounts by currency, which is zero each.
/// </remarks>
public sealed record HealthDetailsResponse(
    string Status, string Version, string Orleans, string Framework, string Machine, int Process, long UptimeSeconds, MemoryResponse Memory,
    int Threads, long QueuedWork, long? ProjectionLagEvents, CountResponse? OpenSagas, CountResponse? Outbox,
    IReadOnlyDictionary<string, Int128>? LedgerSums);

/// <summary>Memory of the process. The heap is that of the last collection; collections are counted by generation.</summary>
public sealed record MemoryResponse(
    long WorkingSetBytes, long ManagedBytes, long HeapBytes, long AvailableBytes, int Collections0, int Collections1, int Collections2,
    double PausedMilliseconds);

/// <summary>A number that is counted up to a limit.</summary>
public sealed record CountResponse(int Count, bool OrMore);
