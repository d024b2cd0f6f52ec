namespace ActorShop.Orders;

public partial interface IOrderGrain
{
    /// <summary>Starts the checkout saga, or joins it if it has started, and waits for it to settle.</summary>
    /// <remarks>
    /// An order of a cart's attempt waits for the first flush alone: the saga goes on when the cart says that its row names the order, with
    /// <see cref="EndIfAbsentAsync"/>, or when the order asks the cart later.
    /// If another order has the external id, nothing starts and nothing is written: the answer is an order in
    /// <see cref="OrderStatus.Failed"/> with <see cref="FailureCode.ExternalIdTaken"/>. An order that failed does not hold an external id.
    /// </remarks>
    /// <param name="timeout">How long to wait. The saga continues after that.</param>
    /// <returns>The stored order: pending, or as it was when it settled.</returns>
    /// <exception cref="TimeoutException">The order is not stored yet.</exception>
    [Alias("place"), ResponseTimeout(LongCalls.Timeout)]
    Task<OrderView> PlaceAsync(PlaceOrder command, TimeSpan timeout);

    /// <summary>Waits for the order to settle. An order of which nothing is stored first stores that it has failed, and never starts.</summary>
    /// <param name="timeout">How long to wait for a pending order.</param>
    /// <param name="named">The attempt that the row of the cart names with the order. With another one, or none, the order asks the cart.</param>
    /// <returns>The order: pending, or as it was when it settled; null if it has failed and nothing else is stored.</returns>
    [Alias("end-if-absent"), ResponseTimeout(LongCalls.Timeout)]
    Task<OrderView?> EndIfAbsentAsync(TimeSpan timeout, CartAttempt? named = null);
}
