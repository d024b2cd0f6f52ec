namespace ActorShop.Orders;

public partial interface IOrderGrain
{
    /// <summary>Starts the checkout saga, or joins it if it has started, and waits for it to settle.</summary>
    /// <remarks>
    /// If another order has the external id, nothing starts and nothing is written: the answer is an order in
    /// <see cref="OrderStatus.Failed"/> with <see cref="FailureCode.ExternalIdTaken"/>. An order that failed does not hold an external id.
    /// </remarks>
    /// <param name="timeout">How long to wait. The saga continues after that.</param>
    /// <returns>The order, settled or <see cref="OrderStatus.Pending"/>.</returns>
    [Alias("place"), ResponseTimeout(LongCalls.Timeout)]
    Task<OrderView> PlaceAsync(PlaceOrder command, TimeSpan timeout);
}
