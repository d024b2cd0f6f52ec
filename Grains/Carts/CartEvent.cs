namespace ActorShop.Carts;

/// <summary>What happened to a cart.</summary>
[Alias("carts.cart-event")]
internal abstract partial record CartEvent : IEvent
{
    /// <summary>The cart after the event.</summary>
    public abstract Cart ApplyTo(Cart cart);
}
