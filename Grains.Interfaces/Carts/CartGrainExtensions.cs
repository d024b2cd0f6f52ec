namespace ActorShop.Carts;

/// <summary>Addresses carts.</summary>
public static class CartGrainExtensions
{
    /// <summary>The cart with an id.</summary>
    public static ICartGrain Cart(this IGrainFactory grains, CartId id) => grains.GetGrain<ICartGrain>(id.Value);
}
