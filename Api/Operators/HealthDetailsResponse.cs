namespace ActorShop.Api.Operators;

/// <summary>Health in detail.</summary>
/// <param name="Status"><c>ready</c> or <c>unready</c>.</param>
/// <param name="Version">Of this build.</param>
/// <param name="Orleans">The version of Microsoft Orleans.</param>
/// <param name="Framework">The version of .NET.</param>
/// <param name="Machine">Its name.</param>
/// <param name="Process">Its id.</param>
/// <param name="UptimeSeconds">Since the start.</param>
/// <param name="Memory">Memory of the process.</param>
/// <param name="Threads">Threads of the pool.</param>
/// <param name="QueuedWork">Work that waits for one.</param>
/// <param name="ProjectionLagEvents">Events the read model is behind; absent if unknown.</param>
/// <param name="OpenSagas">Sagas that have not ended; absent if unknown.</param>
/// <param name="Outbox">Messages not delivered; absent if unknown.</param>
/// <param name="LedgerSums">The sum of all accounts by currency: zero each; absent if unknown.</param>
public sealed record HealthDetailsResponse(
    string Status, string Version, string Orleans, string Framework, string Machine, int Process, long UptimeSeconds, MemoryResponse Memory,
    int Threads, long QueuedWork, long? ProjectionLagEvents, CountResponse? OpenSagas, CountResponse? Outbox,
    IReadOnlyDictionary<string, long>? LedgerSums);
