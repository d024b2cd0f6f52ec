namespace ActorShop.Orders;

/// <summary>An order: the durable saga from reservation to confirmation, and the operations on a confirmed order.</summary>
/// <remarks>
/// Keyed by <see cref="OrderId"/>. Each step is stored together with the intent of the next one before another system is called,
/// under a key made from order and step, so a resumed step repeats nothing. The history is the event log. Each operation stands in the
/// file of its name.
/// </remarks>
[Alias("orders.order")]
public partial interface IOrderGrain : IResumable
{
    [Alias("get"), ReadOnly]
    Task<OrderView?> GetAsync();

    /// <summary>Whether the order has an external id, or is about to begin with it.</summary>
    [Alias("holds-external-id"), AlwaysInterleave]
    Task<bool> HoldsExternalIdAsync(string externalId);
}
