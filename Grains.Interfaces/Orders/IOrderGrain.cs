namespace ActorShop.Orders;

/// <summary>An order: the durable saga from reservation to confirmation, and the operations on a confirmed order.</summary>
/// <remarks>
/// Keyed by <see cref="OrderId"/>. Each step is stored together with the intent of the next one before another system is called,
/// under a key made from order and step, so a resumed step repeats nothing. The history is the event log. Each operation stands in the
/// file of its name.
/// </remarks>
[Alias("orders.order")]
public partial interface IOrderGrain : IResumable, IExternalIdHolder
{
    [Alias("get"), ReadOnly]
    Task<OrderView?> GetAsync();
}
