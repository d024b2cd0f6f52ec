namespace ActorShop.Inventory;

/// <summary>The stock of one SKU: the units on hand and what is reserved of them.</summary>
/// <remarks>
/// Keyed by the SKU. Every command is idempotent in the id its caller chose and is acknowledged after it is durable;
/// commands of many callers share a write. Reads return committed state.
/// </remarks>
[Alias("inventory.stock")]
public interface IStockGrain : IResumable
{
    /// <summary>Reserves units for an order, all of them or none.</summary>
    /// <remarks>Half a minute later, and then each minute, the stock asks the order what becomes of them.</remarks>
    /// <returns>The result. A refusal changes nothing.</returns>
    [Alias("reserve")]
    Task<ReserveResult> ReserveAsync(OrderId order, int quantity);

    /// <summary>Ends a reservation as the order says. Units are allocated or shipped once for an order, whatever is repeated.</summary>
    /// <param name="reservation">The number of the reservation on which the order was confirmed. It saves a look into the ledger; 0 if it is not known.</param>
    /// <returns>What left the reservation, now or earlier: the units that the order allocated or shipped.</returns>
    [Alias("end-reservation")]
    Task<EndedReservation> EndReservationAsync(OrderId order, ReservationEnd end, long reservation = 0);

    /// <summary>Ends the allocation of units to an order: they are shipped, or free again.</summary>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    /// <param name="isShipped">Whether the units leave the stock.</param>
    /// <param name="reason">The reason in the ledger, 1 to 200 characters.</param>
    [Alias("withdraw")]
    Task<AdjustResult> WithdrawAsync(OrderId order, string operationId, int quantity, bool isShipped, string reason);

    /// <summary>Adds or removes units for a stated reason: receipts, counts, returns, damages.</summary>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    /// <param name="delta">Units in (positive) or out (negative), not zero.</param>
    /// <param name="reason">The reason in the ledger, 1 to 200 characters.</param>
    [Alias("adjust")]
    Task<AdjustResult> AdjustAsync(string operationId, int delta, string reason);

    /// <summary>Puts units back that had left: returns of shipped units, credit notes.</summary>
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
