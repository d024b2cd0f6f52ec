namespace ActorShop.Orders;

/// <summary>Addresses orders.</summary>
public static class OrderGrainExtensions
{
    /// <summary>The order with an id.</summary>
    public static IOrderGrain Order(this IGrainFactory grains, OrderId id) => grains.GetGrain<IOrderGrain>(id.Value);
}
