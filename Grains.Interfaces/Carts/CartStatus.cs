namespace ActorShop.Carts;

/// <summary>Where a cart stands.</summary>
[GenerateSerializer, Alias("carts.cart-status")]
public enum CartStatus
{
    /// <summary>Lines may change.</summary>
    Open,

    /// <summary>A checkout is under way: lines may not change.</summary>
    CheckingOut,

    /// <summary>The cart has become an order, for good.</summary>
    Ordered,
}
