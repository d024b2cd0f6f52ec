using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>An order: the durable saga of its checkout, and the operations on a confirmed order with its payment.</summary>
/// <remarks>
/// Keyed by <see cref="OrderId"/>. What another system is asked for is stored before it is called, under a key made from order and operation, so a
/// repeated call has one effect. The history is the event log. Each operation stands in the file of its name.
/// </remarks>
[Alias("orders.order")]
public partial interface IOrderGrain : IResumable, IExternalIdHolder, IReservationOwner
{
    /// <summary>The committed order; null if there is none, or if it failed before it was stored.</summary>
    [Alias("get"), ReadOnly]
    Task<OrderView?> GetAsync();

    /// <summary>The order's payment with the outcomes of its operations; null before the provider has answered.</summary>
    [Alias("payment"), ReadOnly]
    Task<PaymentView?> GetPaymentAsync();
}
