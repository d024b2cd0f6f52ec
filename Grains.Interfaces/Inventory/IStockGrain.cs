namespace ActorShop.Inventory;

/// <summary>The stock of one SKU: the units on hand, and which of them are promised to orders.</summary>
/// <remarks>
/// Keyed by the SKU. Every command is idempotent in the id its caller chose and is acknowledged after it is durable;
/// commands of many callers share a write. Reads see what is committed.
/// </remarks>
[Alias("inventory.stock")]
public interface IStockGrain : IResumable
{
    /// <summary>Sets units aside for an order, all of them or none.</summary>
    /// <param name="order">The order: it holds at most one reservation of a SKU.</param>
    /// <param name="quantity">The units wanted; at least one.</param>
    /// <param name="lifetime">How long they stay aside unless committed, counted by the stock's clock.</param>
    /// <returns>What became of the request. A refusal changes nothing.</returns>
    [Alias("reserve")]
    Task<ReserveResult> ReserveAsync(OrderId order, int quantity, TimeSpan lifetime);

    /// <summary>Takes reserved units out of stock for good. Repeating it repeats the answer.</summary>
    [Alias("commit")]
    Task<CommitResult> CommitAsync(OrderId order);

    /// <summary>Gives reserved units back. Releasing what was never reserved, or has ended, is not an error.</summary>
    [Alias("release")]
    Task ReleaseAsync(OrderId order);

    /// <summary>Moves units in or out, for a stated reason: receipts, counts, returns, damages.</summary>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    /// <param name="delta">Units in (positive) or out (negative), not zero.</param>
    /// <param name="reason">Words for the ledger, 1 to 200 characters.</param>
    [Alias("adjust")]
    Task<AdjustResult> AdjustAsync(string operationId, int delta, string reason);

    /// <summary>Changes the policy.</summary>
    /// <param name="policy">The policy from now on.</param>
    /// <param name="backorderLimit">With <see cref="StockPolicy.Backorder"/>, how far below zero promises may go; 0 otherwise.</param>
    /// <param name="expectedVersion">The version the caller saw; null to not care.</param>
    [Alias("set-policy")]
    Task<SetPolicyResult> SetPolicyAsync(StockPolicy policy, int backorderLimit, long? expectedVersion);

    /// <summary>The stock as committed.</summary>
    [Alias("get"), ReadOnly]
    Task<StockLevel> GetAsync();

    /// <summary>The reservations that are alive, by order.</summary>
    [Alias("reservations"), ReadOnly]
    Task<ImmutableArray<ReservationView>> GetReservationsAsync();
}
