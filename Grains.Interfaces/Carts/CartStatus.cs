namespace ActorShop.Carts;

/// <summary>The status of a cart.</summary>
[GenerateSerializer, Alias("carts.cart-status")]
public enum CartStatus
{
    /// <summary>Lines may change.</summary>
    Open,

    /// <summary>A checkout is in progress: lines may not change.</summary>
    CheckingOut,

    /// <summary>The cart has become an order, finally.</summary>
    Ordered,
}
