namespace ActorShop.Inventory;

/// <summary>The stock of one SKU: the units on hand and their reservations.</summary>
/// <remarks>
/// Keyed by the SKU. Every command is idempotent in the id its caller chose and is acknowledged after it is durable;
/// commands of many callers share a write. Reads return committed state.
/// </remarks>
[Alias("inventory.stock")]
public interface IStockGrain : IResumable
{
    /// <summary>Reserves units for an order, all of them or none.</summary>
    /// <returns>The result. A refusal changes nothing.</returns>
    [Alias("reserve")]
    Task<ReserveResult> ReserveAsync(OrderId order, int quantity, TimeSpan lifetime);

    /// <summary>Takes reserved units out of stock. Repeating it repeats the answer.</summary>
    [Alias("commit")]
    Task<CommitResult> CommitAsync(OrderId order);

    /// <summary>Releases reserved units. Releasing an unknown or ended reservation is not an error.</summary>
    [Alias("release")]
    Task ReleaseAsync(OrderId order);

    /// <summary>Adds or removes units for a stated reason: receipts, counts, returns, damages.</summary>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    /// <param name="delta">Units in (positive) or out (negative), not zero.</param>
    /// <param name="reason">The reason in the ledger, 1 to 200 characters.</param>
    [Alias("adjust")]
    Task<AdjustResult> AdjustAsync(string operationId, int delta, string reason);

    /// <summary>Puts units back that had left: refunds, cancellations, credit notes.</summary>
    /// <remarks>With <see cref="StockPolicy.Untracked"/> nothing changes: uncounted units never left the stock.</remarks>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    /// <param name="reason">The reason in the ledger, 1 to 200 characters.</param>
    [Alias("return")]
    Task<AdjustResult> ReturnAsync(string operationId, int quantity, string reason);

    /// <param name="backorderLimit">With <see cref="StockPolicy.Backorder"/>, how far below zero reservations may go; 0 otherwise.</param>
    /// <param name="expectedVersion">The expected version; null for any.</param>
    /// <param name="dryRun">Answers as if, and changes nothing.</param>
    [Alias("set-policy")]
    Task<SetPolicyResult> SetPolicyAsync(StockPolicy policy, int backorderLimit, long? expectedVersion, bool dryRun = false);

    /// <summary>Sets the policy and the units of a SKU without a stock record, in one write.</summary>
    /// <param name="dryRun">Answers as if, and changes nothing.</param>
    [Alias("open")]
    Task<OpenStockResult> OpenAsync(StockOpening opening, bool dryRun = false);

    [Alias("get"), ReadOnly]
    Task<StockLevel> GetAsync();

    [Alias("reservations"), ReadOnly]
    Task<ImmutableArray<ReservationView>> GetReservationsAsync();
}
