namespace ActorShop.Orders;

public static class OrderGrainExtensions
{
    public static IOrderGrain Order(this IGrainFactory grains, OrderId id) => grains.GetGrain<IOrderGrain>(id.Value);
}
