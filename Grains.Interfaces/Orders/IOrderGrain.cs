namespace ActorShop.Orders;

/// <summary>An order: the durable saga from reservation to confirmation, and the operations on what was confirmed.</summary>
/// <remarks>
/// Keyed by <see cref="OrderId"/>. Each step is recorded together with the intent of the next one before the outside world is
/// called, under a key made from order and step, so that whoever resumes it repeats nothing. Its history is its event log.
/// </remarks>
[Alias("orders.order")]
public interface IOrderGrain : IResumable
{
    /// <summary>Starts the saga, or joins it where it was started before, and waits for it to settle.</summary>
    /// <remarks>
    /// With an external id that another order has, nothing begins and nothing is written: the answer is an order in
    /// <see cref="OrderStatus.Failed"/> with the code <c>external_id_taken</c>. An order that failed has none.
    /// </remarks>
    /// <param name="command">The same at each repetition.</param>
    /// <param name="budget">How long to wait; the saga goes on when it is over.</param>
    /// <returns>The order, settled or <see cref="OrderStatus.Pending"/>.</returns>
    [Alias("place")]
    Task<OrderView> PlaceAsync(PlaceOrder command, TimeSpan budget);

    /// <summary>The order as committed; null for one that never began.</summary>
    [Alias("get"), ReadOnly]
    Task<OrderView?> GetAsync();

    /// <summary>Whether the order has an external id, or is about to begin with it.</summary>
    [Alias("holds-external-id"), AlwaysInterleave]
    Task<bool> HoldsExternalIdAsync(string externalId);

    /// <summary>Calls off a confirmed order that nothing was shipped of: what is held is released, what was captured refunded.</summary>
    /// <param name="operationId">Chosen by the caller; repeating it repeats the answer.</param>
    /// <param name="reason">At most 200 characters.</param>
    [Alias("cancel")]
    Task<OrderOperationResult> CancelAsync(string operationId, string reason);

    /// <summary>Takes the authorised money, all of it, once.</summary>
    [Alias("capture")]
    Task<OrderOperationResult> CaptureAsync(string operationId);

    /// <summary>Gives money back for lines, and puts units back on the shelf where asked.</summary>
    /// <remarks>What exceeds the line or what was captured becomes a credit note, an account of its own.</remarks>
    [Alias("refund")]
    Task<OrderOperationResult> RefundAsync(string operationId, RefundRequest request);
}
