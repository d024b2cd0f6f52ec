namespace ActorShop.Carts;

public static class CartGrainExtensions
{
    public static ICartGrain Cart(this IGrainFactory grains, CartId id) => grains.GetGrain<ICartGrain>(id.Value);
}
